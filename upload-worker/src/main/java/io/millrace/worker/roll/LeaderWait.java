package io.millrace.worker.roll;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * How takers wait: one of them, the leader, for the age of the oldest roll to end, the others only
 * to be woken. So the end of an age wakes one thread, not all.
 *
 * <p>Guarded by the lock of its condition.
 */
final class LeaderWait {
  private final Condition work;
  private @Nullable Thread leader;

  LeaderWait(Condition work) {
    this.work = work;
  }

  /**
   * Waits until woken, or as leader until the time is over; whoever calls looks for work again.
   *
   * @param nanosToOldest Long.MAX_VALUE if nothing ages
   */
  @SuppressWarnings("WaitNotInLoop") // RollQueue.take is the loop
  void await(long nanosToOldest) throws InterruptedException {
    if (leader != null || nanosToOldest == Long.MAX_VALUE) {
      work.await();
      return;
    }
    leader = Thread.currentThread();
    try {
      work.awaitNanos(nanosToOldest);
    } finally {
      leader = null;
    }
  }

  /** Wakes one taker: a roll waits. */
  void wakeOne() {
    work.signal();
  }

  /** Wakes all takers: there will be no more. */
  void wakeAll() {
    work.signalAll();
  }

  /** Something ages, so one taker must watch; if all are busy, the next to come by does. */
  void ensureLeader() {
    if (leader == null) {
      work.signal();
    }
  }
}
