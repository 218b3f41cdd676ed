/**
 * What hostile requests cost, beside normal ones.
 *
 * <p>No threads. Neighbours: {@code scenario} measures, {@code report} writes.
 */
@NullMarked
package io.millrace.benchmark.abuse;

import org.jspecify.annotations.NullMarked;
