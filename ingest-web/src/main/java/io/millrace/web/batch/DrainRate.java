package io.millrace.web.batch;

import java.time.Duration;

/**
 * How fast the budget drains into the queue: bytes of it that batches gave back when they were
 * sent, per second, smoothed exponentially. Passive: time is passed in.
 *
 * <p>Thread-safe.
 */
public final class DrainRate {
  /** After so long without a batch 1/e of the rate is left. */
  private static final double SMOOTHING_NANOS = Duration.ofSeconds(10).toNanos();

  private static final double SMOOTHING_SECONDS = SMOOTHING_NANOS / 1e9;

  private volatile Sample last = new Sample(0, 0);

  /** The rate when it was last changed. */
  private record Sample(double bytesPerSecond, long atNanos) {
    double at(long nowNanos) {
      // Threads read the clock before they come here, so that time may seem to go back.
      return bytesPerSecond * Math.exp(-Math.max(0, nowNanos - atNanos) / SMOOTHING_NANOS);
    }
  }

  /**
   * A batch was sent.
   *
   * @param bytes that it held of the budget
   * @param nowNanos by {@code System.nanoTime()}
   */
  public synchronized void drained(long bytes, long nowNanos) {
    last = new Sample(last.at(nowNanos) + bytes / SMOOTHING_SECONDS, nowNanos);
  }

  /**
   * Bytes of the budget per second.
   *
   * @param nowNanos by {@code System.nanoTime()}
   */
  public double bytesPerSecond(long nowNanos) {
    return last.at(nowNanos);
  }
}
