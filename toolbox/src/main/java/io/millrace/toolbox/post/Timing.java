package io.millrace.toolbox.post;

import java.time.Duration;
import java.time.Instant;

/** The clocks and the waiting of a run. Implementations are thread-safe. */
interface Timing {
  /** Nanoseconds since an arbitrary moment; never runs backwards. */
  long nanoTime();

  /** The time of day. */
  Instant now();

  /**
   * Waits until {@link #nanoTime} has reached a moment; returns at once if it has.
   *
   * @throws InterruptedException if the thread is interrupted before or while it waits
   */
  void waitUntil(long nanoTime) throws InterruptedException;

  /** Waits for a duration, see {@link #waitUntil}. */
  default void sleep(Duration duration) throws InterruptedException {
    waitUntil(nanoTime() + duration.toNanos());
  }
}
