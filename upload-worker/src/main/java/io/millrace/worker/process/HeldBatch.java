package io.millrace.worker.process;

import io.millrace.codec.Frame;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Codec;
import io.millrace.model.Hour;

/**
 * One delivery of a batch that this process holds: received, checked, not yet settled.
 *
 * @param header as sent
 * @param frame whose array has no byte beyond the frame
 * @param receiptHandle names the delivery in calls to the queue
 * @param receivedNanos when it was received, on the clock of {@link System#nanoTime}
 */
public record HeldBatch(
    MessageHeader header, Frame frame, String receiptHandle, long receivedNanos) {
  /** What a batch takes beside its frame: receipt handle, header and manifest entry, in bytes. */
  public static final int OVERHEAD_BYTES = 1024;

  /** Bytes that this batch is counted with in limits and budget. */
  public long heldBytes() {
    return (long) frame.length() + OVERHEAD_BYTES;
  }

  /** The roll it belongs to. */
  Partition partition() {
    return new Partition(Hour.of(header.opened()), Codec.ofLabel(header.codec()));
  }
}
