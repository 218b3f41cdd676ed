package io.millrace.web.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.run.ByteBudget;
import io.millrace.time.FakeTicker;
import io.millrace.web.batch.DrainRate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private final FakeTicker ticker = new FakeTicker();
  private final ByteBudget budget = new ByteBudget(1 << 30);
  private final DrainRate rate = new DrainRate();
  private final RetryAfter retryAfter = new RetryAfter(budget, rate, ticker);

  @Test
  void secondsToDrain_byBytesAndRate_isRoundedUpAndCapped() {
    assertThat(RetryAfter.secondsToDrain(0, 0)).isZero();
    assertThat(RetryAfter.secondsToDrain(1000, 1000)).isEqualTo(1);
    assertThat(RetryAfter.secondsToDrain(1001, 1000)).isEqualTo(2);
    assertThat(RetryAfter.secondsToDrain(58_001, 1000)).isEqualTo(59);
    assertThat(RetryAfter.secondsToDrain(Long.MAX_VALUE, 1)).isEqualTo(59);
    assertThat(RetryAfter.secondsToDrain(1, 0)).isEqualTo(59);
  }

  @Test
  void untilDrained_threeSecondsToDrain_isSpreadOverThem() {
    rate.drained(10_000, ticker.nanos());
    budget.tryReserve(3 * (long) rate.bytesPerSecond(ticker.nanos()));

    assertThat(drawn(retryAfter::untilDrained)).isEqualTo(from1To(4));
  }

  @Test
  void untilDrained_nothingDrains_isSpreadUpToTheCap() {
    budget.tryReserve(1);

    assertThat(drawn(retryAfter::untilDrained)).isEqualTo(from1To(60));
  }

  @Test
  void whileStopping_always_isShort() {
    assertThat(drawn(RetryAfter::whileStopping)).isEqualTo(from1To(11));
  }

  /** All values of so many draws that one is missing less than once in 10^70 runs. */
  private static List<Integer> drawn(Supplier<String> values) {
    return Stream.generate(values).limit(10_000).map(Integer::valueOf).distinct().sorted().toList();
  }

  private static List<Integer> from1To(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }
}
