package io.millrace.toolbox.post;

import io.millrace.time.Ticker;
import java.util.concurrent.CountDownLatch;

/**
 * When each collection of a run is meant to be sent. At a rate the moments are fixed beforehand (an
 * open loop): a slow answer delays no later one's moment, so that latency counted from there hides
 * no waiting.
 *
 * <p>The first collection goes ahead alone and the clock starts with its answer: otherwise the time
 * that this process needs to warm up would be counted as the server's. Thread-safe.
 */
final class Pace {
  private static final double NANOS = 1e9;

  private final Ticker ticker;
  private final double perSecond;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile long startNanos;

  /**
   * A clock that hasn't started.
   *
   * @param perSecond collections per second; 0 means each is due when it is asked for
   */
  Pace(Ticker ticker, double perSecond) {
    this.ticker = ticker;
    this.perSecond = perSecond;
  }

  /** The first collection has its answer; further calls change nothing. */
  void begin() {
    if (begun.getCount() > 0) {
      startNanos = ticker.nanos();
      begun.countDown();
    }
  }

  /** When the clock started; now if it hasn't. */
  long beginNanos() {
    return begun.getCount() > 0 ? ticker.nanos() : startNanos;
  }

  /**
   * The moment of a collection, as of {@link Ticker#nanos}; waits for {@link #begin} if it isn't
   * the first.
   *
   * @param number of the collection, from 0
   */
  long due(long number) throws InterruptedException {
    if (number > 0) {
      begun.await();
    }
    return number == 0 || perSecond == 0
        ? ticker.nanos()
        : startNanos + (long) (number * NANOS / perSecond);
  }
}
