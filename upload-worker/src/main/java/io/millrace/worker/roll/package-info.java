/**
 * Rolls: batches on their way from messages to objects, and the hand-overs between threads.
 *
 * <p>Pollers put in, uploaders take out; open rolls are guarded by the queue's lock. Suspects wait
 * for the checkers. Neighbours: the pollers of {@code receive} before, the checkers of {@code
 * suspect} and the uploaders of {@code upload} behind; knows none of them.
 */
@NullMarked
package io.millrace.worker.roll;

import org.jspecify.annotations.NullMarked;
