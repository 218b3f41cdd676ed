package io.millrace.web.send;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between tries: full jitter below a bound that doubles.
 *
 * @param first bound of the first wait
 * @param most bound that later ones grow to
 */
record Backoff(Duration first, Duration most) {

  /**
   * The wait after a failed try, from 0 to the bound.
   *
   * @param failures tries so far, from 1
   */
  Duration wait(int failures, RandomGenerator random) {
    long bound = Math.min(most.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
    return Duration.ofNanos(random.nextLong(bound + 1));
  }
}
