package io.millrace.worker.roll;

import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.worker.settle.HeldBatch;

/**
 * What all batches of a roll have in common.
 *
 * @param hour of the batches' {@code opened}
 * @param codec of their frames
 */
public record RollKey(Hour hour, Codec codec) {
  /** The key of the roll that a batch belongs to. */
  static RollKey of(HeldBatch batch) {
    return new RollKey(batch.hour(), Codec.ofLabel(batch.header().codec()));
  }
}
