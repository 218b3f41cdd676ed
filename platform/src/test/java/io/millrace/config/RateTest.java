package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RateTest {
  @Test
  void parse_eachUnit_isPerSecond() {
    assertThat(Rate.parse("1000000/s").perSecond()).isEqualTo(1e6);
    assertThat(Rate.parse("1.5M/min").perSecond()).isEqualTo(25_000);
    assertThat(Rate.parse("36k/h").perSecond()).isEqualTo(10);
    assertThat(Rate.parse("600").perSecond()).isEqualTo(600);
    assertThat(Rate.parse("1M").perSecond()).isEqualTo(1e6);
    assertThat(Rate.parse("86400/day").perSecond()).isEqualTo(1);
    assertThat(Rate.parse("0")).isEqualTo(Rate.ZERO);
  }

  @Test
  void parse_anotherForm_isRefused() {
    for (String wrong : List.of("", "5/", "5/m", "-5/s", "5 /s", "k/s", "1,000/s", "5G/s")) {
      assertThatThrownBy(() -> Rate.parse(wrong)).hasMessageContaining("'" + wrong + "'");
    }
  }
}
