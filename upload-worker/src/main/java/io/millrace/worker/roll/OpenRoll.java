package io.millrace.worker.roll;

import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A roll that still takes batches.
 *
 * <p>Not thread-safe.
 */
final class OpenRoll {
  private final RollKey key;
  private final long openedNanos;
  private final List<HeldBatch> batches = new ArrayList<>();
  private long heldBytes;

  OpenRoll(RollKey key, long openedNanos) {
    this.key = key;
    this.openedNanos = openedNanos;
  }

  void add(HeldBatch batch) {
    batches.add(batch);
    heldBytes += batch.heldBytes();
  }

  RollKey key() {
    return key;
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
    return new ClosedRoll(key, batches, cause, closedMs);
  }
}
