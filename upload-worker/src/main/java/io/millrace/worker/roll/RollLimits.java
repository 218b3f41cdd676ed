package io.millrace.worker.roll;

import io.millrace.worker.settle.HeldBatch;
import java.time.Duration;

/**
 * When rolls close and pollers wait. Bytes are those of {@link HeldBatch#heldBytes}.
 *
 * @param rollMaxBytes most bytes of one roll, unless a single batch is larger
 * @param rollMaxAge how long a roll stays open
 * @param openMaxBytes most bytes of all open rolls together
 * @param maxWaiting closed rolls that wait before pollers do
 * @param maxMessages messages held from which on rolls close early
 */
public record RollLimits(
    long rollMaxBytes, Duration rollMaxAge, long openMaxBytes, int maxWaiting, int maxMessages) {}
