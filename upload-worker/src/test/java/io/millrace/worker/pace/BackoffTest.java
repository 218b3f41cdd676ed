package io.millrace.worker.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1), new FakeTicker());

  @Test
  void delay_anyFailures_isWithinDoublingBoundAndLimit() {
    for (int failures = 1; failures < 100; failures++) {
      Duration longest = Duration.ofMillis(Math.min(10_000, 100L << Math.min(failures - 1, 20)));
      assertThat(backoff.delay(failures)).isBetween(Duration.ZERO, longest);
    }
  }

  @Test
  void delay_manyTimes_isSpread() {
    long distinct =
        java.util.stream.IntStream.range(0, 50).mapToObj(i -> backoff.delay(5)).distinct().count();
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
