package io.millrace.worker.object;

import io.millrace.worker.process.ClosedRoll;
import io.millrace.worker.queue.Visibility;

/**
 * Keeps the messages of one roll hidden for as long as an uploader is at it.
 *
 * <p>One thread's own.
 */
final class Lease {
  private final ClosedRoll roll;
  private final Visibility visibility;
  private long sinceNanos;

  Lease(ClosedRoll roll, Visibility visibility) {
    this.roll = roll;
    this.visibility = visibility;
    this.sinceNanos = roll.firstReceivedNanos();
  }

  /** Extends the messages' visibility if it is due. */
  void keep() {
    sinceNanos = visibility.extendIfHalfOver(roll.receiptHandles(), sinceNanos);
  }
}
