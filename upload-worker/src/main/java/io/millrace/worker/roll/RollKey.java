package io.millrace.worker.roll;

import io.millrace.model.Codec;
import io.millrace.model.Hour;

/**
 * What all batches of a roll have in common.
 *
 * @param hour of the batches' {@code opened}
 * @param codec of their frames
 */
public record RollKey(Hour hour, Codec codec) {}
