package io.millrace.time;

import java.time.Duration;

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
    return new SystemTicker();
  }
}
