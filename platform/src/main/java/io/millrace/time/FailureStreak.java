package io.millrace.time;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Failures in a row of one kind of call, to log the first and then ever fewer: the 1st, 2nd, 4th,
 * 8th and so on.
 *
 * <p>Thread-safe.
 */
public final class FailureStreak {
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * Counts a failure.
   *
   * @return whether this one is to be logged
   */
  public boolean failed() {
    return Integer.bitCount(failures.incrementAndGet()) == 1;
  }

  /**
   * Ends the streak.
   *
   * @return how many failures it had, mostly 0
   */
  public int succeeded() {
    return failures.get() == 0 ? 0 : failures.getAndSet(0);
  }

  /** Failures in a row so far. */
  public int length() {
    return failures.get();
  }
}
