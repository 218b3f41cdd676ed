package io.millrace.web.send;

import io.millrace.model.Codec;
import io.millrace.queue.MessageQueue;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import java.time.Duration;

/**
 * What all senders of a process share; each part is thread-safe.
 *
 * @param batches where batches come from
 * @param numbers of those batches, for the headers
 * @param queue where they go
 * @param budget gets their bytes back
 * @param drainRate learns of the bytes of those that were sent
 * @param codec how they are compressed
 * @param ackTimeout from a batch's opening to its failure
 * @param tracing makes the spans of batches
 * @param metrics counts
 * @param streak tries that failed in a row, of all senders
 * @param backoff the wait between tries, and the clock of deadlines
 */
record SenderParts(
    BatchQueue batches,
    BatchNumbers numbers,
    MessageQueue queue,
    ByteBudget budget,
    DrainRate drainRate,
    Codec codec,
    Duration ackTimeout,
    Tracing tracing,
    SendMetrics metrics,
    FailureStreak streak,
    Backoff backoff) {}
