/**
 * Rolls: batches on their way from messages to objects, and the one hand-over between threads.
 *
 * <p>Pollers put in, uploaders take out; open rolls are guarded by the queue's lock. Neighbours:
 * the pollers of {@code queue} before, the uploaders of {@code object} behind; knows neither.
 */
@NullMarked
package io.millrace.worker.process;

import org.jspecify.annotations.NullMarked;
