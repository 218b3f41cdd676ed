package io.millrace.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time as a tier sees it, so that tests pass it in.
 *
 * <p>Thread-safe.
 */
public interface Ticker {
  /** Both clocks now. */
  Moment now();

  /** The monotonic clock alone, {@link Moment#nanos} of {@link #now}; makes no object. */
  long nanos();

  /**
   * Waits.
   *
   * @throws InterruptedException if the thread is interrupted before or meanwhile
   */
  void pause(Duration length) throws InterruptedException;

  /** The machine's own time. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration length) throws InterruptedException {
        if (Thread.interrupted()) { // sleep looks for it only if there is time to sleep
          throw new InterruptedException("interrupted before a pause");
        }
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
      }
    };
  }
}
