/**
 * When to do things: the tier's clocks, waiting between tries, and how often to log a failure.
 *
 * <p>All of it is thread-safe. Known by every stage; knows none.
 */
@NullMarked
package io.millrace.worker.pace;

import org.jspecify.annotations.NullMarked;
