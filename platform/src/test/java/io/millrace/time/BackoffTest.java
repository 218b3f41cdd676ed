package io.millrace.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));

  @Test
  void delay_anyFailures_isWithinDoublingBoundAndLimit() {
    for (int failures = 1; failures < 100; failures++) {
      Duration longest = Duration.ofMillis(Math.min(10_000, 100L << Math.min(failures - 1, 20)));
      assertThat(backoff.delay(failures)).isBetween(Duration.ZERO, longest);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "2, 100", "3, 200", "5, 800", "6, 1000", "30, 1000", "2147483647, 1000"})
  void delay_afterFailures_fillsTheRangeUpToTheBound(int failures, long boundMs) {
    Backoff brief = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random(7));

    List<Duration> delays =
        IntStream.range(0, 1000).mapToObj(i -> brief.delay(failures)).sorted().toList();

    assertThat(delays.get(0)).isBetween(Duration.ZERO, Duration.ofMillis(boundMs / 20));
    assertThat(delays.get(999))
        .isBetween(Duration.ofMillis(boundMs * 19 / 20), Duration.ofMillis(boundMs));
  }

  @Test
  void delay_manyTimes_isSpread() {
    long distinct = IntStream.range(0, 50).mapToObj(i -> backoff.delay(5)).distinct().count();
    assertThat(distinct).isGreaterThan(45);
  }

  @Test
  void failed_inARow_isLoggedAtPowersOfTwo() {
    FailureStreak streak = new FailureStreak();
    StringBuilder logged = new StringBuilder();
    for (int i = 1; i <= 9; i++) {
      if (streak.failed()) {
        logged.append(i).append(' ');
      }
    }
    assertThat(logged).hasToString("1 2 4 8 ");
    assertThat(streak.succeeded()).isEqualTo(9);
    assertThat(streak.failed()).isTrue();
  }
}
