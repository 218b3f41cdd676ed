/**
 * The queue's side: polling, sorting out what can't be used, deleting what is stored.
 *
 * <p>A poller is one thread's own; the rest is thread-safe. Neighbours: SQS before, the rolls of
 * {@code roll} behind; the uploaders of {@code upload} come back here to delete.
 */
@NullMarked
package io.millrace.worker.receive;

import org.jspecify.annotations.NullMarked;
