/**
 * Measured runs of the whole system: {@code millrace bench}.
 *
 * <p>Starts the parts as processes of their own and loads them. Knows every module; none knows it.
 */
@NullMarked
package io.millrace.benchmark;

import org.jspecify.annotations.NullMarked;
