/**
 * What lies in the bucket after a run: whether all that was acknowledged is there once.
 *
 * <p>No threads.
 */
@NullMarked
package io.millrace.benchmark.check;

import org.jspecify.annotations.NullMarked;
