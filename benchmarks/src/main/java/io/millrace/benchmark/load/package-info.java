/**
 * The load generator: sends requests by a schedule over few threads, and counts the answers.
 *
 * <p>One thread a lane, each with its own connections. It shares the machine with what it measures,
 * so it must cost little: the requests are made before, and nothing is allocated for one.
 */
@NullMarked
package io.millrace.benchmark.load;

import org.jspecify.annotations.NullMarked;
