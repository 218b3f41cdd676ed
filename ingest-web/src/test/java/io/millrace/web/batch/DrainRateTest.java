package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainRateTest {
  /** A clock like {@code System.nanoTime()} may be anywhere, and pass the end of its range. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  private final DrainRate rate = new DrainRate();

  @Test
  void bytesPerSecond_nothingDrained_isZero() {
    assertThat(rate.bytesPerSecond(START)).isZero();
  }

  @Test
  void bytesPerSecond_steadyForAMinute_isThatRate() {
    long now = drainForAMinute(1_000_000);

    assertThat(rate.bytesPerSecond(now)).isCloseTo(1_000_000, within(20_000.0));
  }

  @Test
  void bytesPerSecond_silentAfterwards_fallsToLittle() {
    long now = drainForAMinute(1_000_000);

    assertThat(rate.bytesPerSecond(now + seconds(10))).isCloseTo(368_000, within(10_000.0));
    assertThat(rate.bytesPerSecond(now + seconds(60))).isLessThan(5_000);
  }

  @Test
  void bytesPerSecond_clockReadBeforeTheLastBatch_isNoMoreThanAfterIt() {
    rate.drained(1000, START);

    assertThat(rate.bytesPerSecond(START - 1)).isEqualTo(rate.bytesPerSecond(START));
  }

  /** In steps of 100 ms; returns the time then. */
  private long drainForAMinute(long bytesPerSecond) {
    long now = START;
    for (int i = 0; i < 600; i++) {
      now += seconds(1) / 10;
      rate.drained(bytesPerSecond / 10, now);
    }
    return now;
  }

  private static long seconds(int count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
