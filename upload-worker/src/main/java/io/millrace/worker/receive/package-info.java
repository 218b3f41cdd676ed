/**
 * Receives messages: polling, and sorting out what can't be used.
 *
 * <p>A poller is one thread's own; the rest is thread-safe. Neighbours: SQS before; behind, the
 * rolls and suspects of {@code roll}, and the lane to the dead letters of {@code settle}.
 */
@NullMarked
package io.millrace.worker.receive;

import org.jspecify.annotations.NullMarked;
