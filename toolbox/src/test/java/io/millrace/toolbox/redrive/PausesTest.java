package io.millrace.toolbox.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausesTest {
  private final FakeTicker ticker = new FakeTicker();

  @Test
  void await_atOnce_keepsTheDistanceAfterAStallToo() throws Exception {
    Pauses pauses = new Pauses(ticker, 2);
    List<Long> moments = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      assertThat(pauses.await(() -> false)).isTrue();
      moments.add(Duration.ofNanos(ticker.nanos()).toMillis());
      if (i == 1) {
        ticker.advance(Duration.ofSeconds(10));
      }
    }
    assertThat(moments).containsExactly(0L, 500L, 10_500L, 11_000L, 11_500L);
  }

  @Test
  void await_ended_doesNotWaitToTheEnd() throws Exception {
    Pauses pauses = new Pauses(ticker, 0.1);
    assertThat(pauses.await(() -> true)).isTrue();
    assertThat(pauses.await(() -> ticker.nanos() > 0)).isFalse();
    assertThat(ticker.nanos()).isEqualTo(Duration.ofMillis(100).toNanos());
  }
}
