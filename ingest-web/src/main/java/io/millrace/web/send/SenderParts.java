package io.millrace.web.send;

import io.millrace.model.Codec;
import io.millrace.queue.MessageQueue;
import io.millrace.web.WebMetrics;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all senders of a process share; each part is thread-safe.
 *
 * @param batches where batches come from
 * @param queue where they go
 * @param budget gets their bytes back
 * @param codec how they are compressed
 * @param ackTimeout from a batch's opening to its failure
 * @param metrics counts
 * @param failures logs failed tries
 * @param abandoned numbers for the headers
 * @param nanoTime the clock of deadlines
 * @param pause the wait between tries
 */
record SenderParts(
    BatchQueue batches,
    MessageQueue queue,
    ByteBudget budget,
    Codec codec,
    Duration ackTimeout,
    WebMetrics metrics,
    FailureLog failures,
    Abandoned abandoned,
    LongSupplier nanoTime,
    Pause pause) {}
