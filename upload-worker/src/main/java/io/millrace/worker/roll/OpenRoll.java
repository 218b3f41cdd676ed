package io.millrace.worker.roll;

import java.util.ArrayList;
import java.util.List;

/**
 * A roll that still takes batches.
 *
 * <p>Not thread-safe.
 */
final class OpenRoll {
  private final RollKey partition;
  private final long openedNanos;
  private final List<HeldBatch> batches = new ArrayList<>();
  private long heldBytes;

  OpenRoll(RollKey partition, long openedNanos) {
    this.partition = partition;
    this.openedNanos = openedNanos;
  }

  void add(HeldBatch batch) {
    batches.add(batch);
    heldBytes += batch.heldBytes();
  }

  RollKey partition() {
    return partition;
  }

  long heldBytes() {
    return heldBytes;
  }

  int size() {
    return batches.size();
  }

  long openedNanos() {
    return openedNanos;
  }

  ClosedRoll close(CloseCause cause, long closedMs) {
    return new ClosedRoll(partition, batches, cause, closedMs);
  }
}
