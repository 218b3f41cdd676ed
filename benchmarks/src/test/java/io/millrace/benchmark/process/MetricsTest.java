package io.millrace.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Metrics FIRST =
      Metrics.parse(
          """
          # HELP calls_total Calls
          calls_total{call="send",result="ok"} 3.0
          calls_total{call="receive",result="ok"} 4.0
          calls_total_other 100.0
          heap 1.5E9
          """);

  @Test
  void sum_ofAName_isOverItsLabels() {
    assertThat(FIRST.sum("calls_total")).isEqualTo(7);
    assertThat(FIRST.sum("calls_total", "call=\"send\"")).isEqualTo(3);
    assertThat(FIRST.sum("heap")).isEqualTo(1.5e9);
    assertThat(FIRST.sum("none")).isZero();
  }

  @Test
  void has_onlyWhatIsThere() {
    assertThat(FIRST.has("calls_total")).isTrue();
    assertThat(FIRST.has("calls")).isFalse();
  }

  @Test
  void since_anEarlierReading_isTheDifference() {
    Metrics later = Metrics.parse("calls_total{call=\"send\",result=\"ok\"} 5.0\nheap 1.0\n");

    assertThat(later.since(FIRST).sum("calls_total", "call=\"send\"")).isEqualTo(2);
    assertThat(later.plus(FIRST).sum("calls_total", "call=\"send\"")).isEqualTo(8);
  }
}
