/**
 * What makes a batch stored once, although the queue delivers it more often: the rules alone,
 * without a call, a clock or a thread.
 *
 * <p>Pure and immutable. Neighbours: {@code suspect} asks it about suspects, {@code upload} about
 * rolls; knows neither.
 */
@NullMarked
package io.millrace.worker.exactlyonce;

import org.jspecify.annotations.NullMarked;
