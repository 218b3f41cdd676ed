package io.millrace.toolbox.post;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The clocks and the waiting of a run. Implementations are thread-safe. */
interface Timing {
  Timing SYSTEM = new SystemTiming();

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

  /** The machine's clocks; waits are exact to about 0.1 ms. */
  final class SystemTiming implements Timing {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void waitUntil(long nanoTime) throws InterruptedException {
      long left = nanoTime - nanoTime();
      while (!Thread.interrupted()) {
        if (left <= 0) {
          return;
        }
        LockSupport.parkNanos(this, left);
        left = nanoTime - nanoTime();
      }
      throw new InterruptedException();
    }
  }
}
