package io.millrace.toolbox.post;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a collection is tried again. Thread-safe if {@code random} is.
 *
 * @param limit how long after its first try a collection may still be tried again
 * @param random from 0 to below 1
 */
record RetryPolicy(Duration limit, DoubleSupplier random) {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration LEAST_SPREAD = Duration.ofMillis(50);
  private static final int SPREAD_PART = 5;

  /**
   * The wait before the next try. What the server asks for is never shortened, only spread by up to
   * a fifth; without it the wait is random, up to 100 ms after the first try, doubling to 10 s.
   *
   * @param tries made so far, at least 1
   * @param asked the server's Retry-After; null if there was none
   * @param sinceFirst time since the first try began
   * @return null if the next try would begin after the limit: give up
   */
  @Nullable Duration delay(int tries, @Nullable Duration asked, Duration sinceFirst) {
    Duration delay = asked == null ? backoff(tries) : spread(asked);
    return sinceFirst.plus(delay).compareTo(limit) > 0 ? null : delay;
  }

  private Duration backoff(int tries) {
    long ceiling = FIRST.toNanos() << Math.min(tries - 1, 10);
    return Duration.ofNanos((long) (Math.min(ceiling, LONGEST.toNanos()) * random.getAsDouble()));
  }

  private Duration spread(Duration asked) {
    long spread = Math.max(LEAST_SPREAD.toNanos(), asked.dividedBy(SPREAD_PART).toNanos());
    return asked.plusNanos((long) (spread * random.getAsDouble()));
  }
}
