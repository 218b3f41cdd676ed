package io.millrace.toolbox.post;

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

  private final Timing timing;
  private final double perSecond;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile long startNanos;

  /**
   * A clock that hasn't started.
   *
   * @param perSecond collections per second; 0 means each is due when it is asked for
   */
  Pace(Timing timing, double perSecond) {
    this.timing = timing;
    this.perSecond = perSecond;
  }

  /** The first collection has its answer; further calls change nothing. */
  void begin() {
    if (begun.getCount() > 0) {
      startNanos = timing.nanoTime();
      begun.countDown();
    }
  }

  /** When the clock started; now if it hasn't. */
  long beginNanos() {
    return begun.getCount() > 0 ? timing.nanoTime() : startNanos;
  }

  /**
   * The moment of a collection, as of {@link Timing#nanoTime}; waits for {@link #begin} if it isn't
   * the first.
   *
   * @param number of the collection, from 0
   */
  long due(long number) throws InterruptedException {
    if (number > 0) {
      begun.await();
    }
    return number == 0 || perSecond == 0
        ? timing.nanoTime()
        : startNanos + (long) (number * NANOS / perSecond);
  }
}
