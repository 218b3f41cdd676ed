package io.millrace.worker.process;

import io.millrace.model.Codec;
import io.millrace.model.Hour;

/**
 * What all batches of a roll have in common.
 *
 * @param hour of the batches' {@code opened}
 * @param codec of their frames
 */
public record Partition(Hour hour, Codec codec) {}
