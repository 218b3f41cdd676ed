package io.millrace.web.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"1, 50", "2, 100", "3, 200", "5, 800", "6, 1000", "30, 1000", "2147483647, 1000"})
  void wait_afterFailures_fillsTheRangeUpToTheBound(int failures, long boundMs) {
    Duration shortest = Duration.ofDays(1);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 1000; i++) {
      Duration wait = backoff.wait(failures, random);
      shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }

    assertThat(shortest).isBetween(Duration.ZERO, Duration.ofMillis(boundMs / 20));
    assertThat(longest).isBetween(Duration.ofMillis(boundMs * 19 / 20), Duration.ofMillis(boundMs));
  }
}
