package io.millrace.worker.settle;

import io.millrace.codec.Frame;
import io.millrace.codec.MessageHeader;
import io.millrace.config.Capacity;
import io.millrace.model.Claim;
import io.millrace.model.Hour;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of a batch that this process holds: received, checked, not yet settled.
 *
 * @param header as sent
 * @param frame whose array has no byte beyond the frame
 * @param receiptHandle names the delivery in calls to the queue
 * @param claim the delivery's right to store the batch; {@link Claim#NONE} if it is no suspect
 * @param traceparent where the delivery is in a trace; null if it is in none
 */
public record HeldBatch(
    MessageHeader header,
    Frame frame,
    String receiptHandle,
    Claim claim,
    @Nullable String traceparent) {
  /** An abandoned number in the header: the object, its place in a list. */
  private static final int ABANDONED_BYTES = 24;

  /** The same delivery, once it has claimed the batch. */
  public HeldBatch claiming(Claim mine) {
    return new HeldBatch(header, frame, receiptHandle, mine, traceparent);
  }

  /** Bytes that this batch is counted with in limits and budget. */
  public long heldBytes() {
    return (long) frame.length()
        + Capacity.BATCH_OVERHEAD_BYTES
        + (long) ABANDONED_BYTES * header.abandoned().size();
  }

  /** The hour that it belongs to. */
  public Hour hour() {
    return Hour.of(header.opened());
  }
}
