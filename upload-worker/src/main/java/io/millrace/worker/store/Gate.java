package io.millrace.worker.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls to the store may be under way, and whether new messages may be received at all.
 *
 * <p>A failure closes the gate: pollers stop receiving, and one call at a time goes on as a probe,
 * until a PUT succeeds. Throttling leaves it open and halves the calls allowed; each success lets
 * them grow, by one after as many successes as there are calls (AIMD, as TCP does). Calls that were
 * under way when the gate closed, or the calls were halved, say nothing new by failing too.
 *
 * <p>Thread-safe. Calls inside are at most {@link #limit}, but for those that were inside when it
 * fell.
 */
public final class Gate {
  private final int maxCalls;

  /** Fair, so that a caller that has just failed goes behind those that wait for its place. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Condition changed = lock.newCondition();
  private double limit;
  private int inside;
  private int users;
  private boolean closed;

  /** How often failures have changed anything. */
  private long changes;

  /**
   * @param maxCalls most calls under way, at least 1
   */
  public Gate(int maxCalls) {
    this.maxCalls = maxCalls;
    this.limit = maxCalls;
  }

  /** Someone has work for the store, and makes calls until {@link #doneWithStore}. */
  void use() {
    lock.lock();
    try {
      users++;
    } finally {
      lock.unlock();
    }
  }

  /** After {@link #use}: the work is done, or given up. */
  void doneWithStore() {
    lock.lock();
    try {
      users--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the store works. While nobody uses the store nobody could find that out, so then it
   * doesn't wait.
   */
  public void awaitOpen() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (closed && users > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a call may be made.
   *
   * @return the call's ticket, for {@link #throttled} and {@link #failed}
   */
  long enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inside >= (int) limit) {
        changed.await();
      }
      inside++;
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** After {@link #enter}; a call that failed leaves only after its wait. */
  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The store answered as it should. Only a PUT opens a closed gate: a store that can be read but
   * not written has no use for messages.
   *
   * @return whether the gate is open now
   */
  boolean succeeded(boolean put) {
    lock.lock();
    try {
      closed &= !put;
      if (!closed) {
        limit = Math.min(maxCalls, limit + 1 / limit);
        changed.signalAll();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The store works, but asks for fewer calls.
   *
   * @return whether that is news
   */
  boolean throttled(long ticket) {
    return change(ticket, () -> limit = Math.max(1, limit / 2));
  }

  /**
   * The store refused, or did not answer.
   *
   * @return whether that is news
   */
  boolean failed(long ticket) {
    return change(
        ticket,
        () -> {
          closed = true;
          limit = 1;
        });
  }

  private boolean change(long ticket, Runnable change) {
    lock.lock();
    try {
      if (ticket < changes) {
        return false;
      }
      change.run();
      changes++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether messages may be received. */
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Calls that may be under way now, 1 to the most. */
  public int limit() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }
}
