package io.millrace.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a further try: a random part ("full jitter") of a length that doubles
 * with every failure, up to a limit.
 *
 * <p>Thread-safe if {@code random} is, as {@link java.util.Random} is.
 *
 * @param base longest wait after the first failure, more than 0
 * @param limit longest wait after any failure, at least {@code base}
 */
public record Backoff(Duration base, Duration limit, RandomGenerator random) {
  /** 2^20 times any base is past any limit. */
  private static final int MAX_DOUBLINGS = 20;

  /**
   * The wait after so many failures in a row.
   *
   * @param failures at least 1
   */
  public Duration delay(int failures) {
    long doubled = base.toNanos() << Math.min(failures - 1, MAX_DOUBLINGS);
    long longest = Math.min(doubled, limit.toNanos());
    return Duration.ofNanos(random.nextLong(longest + 1));
  }
}
