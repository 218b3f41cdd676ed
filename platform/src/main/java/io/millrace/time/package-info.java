/**
 * When to do things: clocks, waiting between tries, and how often to log a failure.
 *
 * <p>All of it is thread-safe. Known by every stage of both tiers; knows none.
 */
@NullMarked
package io.millrace.time;

import org.jspecify.annotations.NullMarked;
