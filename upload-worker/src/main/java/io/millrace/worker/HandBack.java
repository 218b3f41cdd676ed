package io.millrace.worker;

import io.millrace.worker.process.ClosedRoll;
import io.millrace.worker.process.RollQueue;
import io.millrace.worker.queue.Visibility;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands the messages of rolls that a stopping worker could not store to the others, roll by roll.
 *
 * <p>One thread's own but for {@link #messages}.
 */
final class HandBack {
  private final RollQueue rolls;
  private final Visibility visibility;
  private final Deque<ClosedRoll> left;
  private final AtomicInteger messages = new AtomicInteger();

  /**
   * @param rolls ended, and without takers
   */
  HandBack(RollQueue rolls, Visibility visibility) {
    this.rolls = rolls;
    this.visibility = visibility;
    this.left = new ArrayDeque<>(rolls.takeLeft());
  }

  /** Hands back the messages of one roll; false if none was left. */
  boolean runOnce() {
    ClosedRoll roll = left.poll();
    if (roll == null) {
      return false;
    }
    visibility.handBack(roll.receiptHandles());
    rolls.done(roll);
    messages.addAndGet(roll.batches().size());
    return true;
  }

  /** Messages handed back so far. */
  int messages() {
    return messages.get();
  }
}
