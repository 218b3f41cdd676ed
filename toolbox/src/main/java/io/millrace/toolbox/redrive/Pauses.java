package io.millrace.toolbox.redrive;

import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps a distance between what is done one by one: after a stall nothing is made up for, so that
 * the rate is never passed. One thread's own.
 */
final class Pauses {
  /** How soon a wait notices that it is to end. */
  private static final Duration STEP = Duration.ofMillis(100);

  private final Ticker ticker;
  private final long distanceNanos;
  private long nextNanos;

  /**
   * @param perSecond how many may be done in a second, more than 0
   */
  Pauses(Ticker ticker, double perSecond) {
    this.ticker = ticker;
    this.distanceNanos = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
    this.nextNanos = ticker.nanos();
  }

  /**
   * Waits until the next one may be done.
   *
   * @return false if it was told to end before
   */
  boolean await(BooleanSupplier ended) throws InterruptedException {
    long left = nextNanos - ticker.nanos();
    while (left > 0) {
      if (ended.getAsBoolean()) {
        return false;
      }
      ticker.pause(Duration.ofNanos(Math.min(left, STEP.toNanos())));
      left = nextNanos - ticker.nanos();
    }
    nextNanos = ticker.nanos() + distanceNanos;
    return true;
  }
}
