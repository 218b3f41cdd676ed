package io.millrace.toolbox.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  }

  @Test
  void parse_anotherForm_isRefused() {
    for (String wrong : new String[] {"", "5/", "5/m", "-5/s", "5 /s", "k/s", "1,000/s", "5G/s"}) {
      assertThatThrownBy(() -> Rate.parse(wrong)).hasMessageContaining("'" + wrong + "'");
    }
    assertThatThrownBy(() -> Rate.parse("0/s")).hasMessageContaining("more than 0");
  }

  @Test
  void amounts_haveThreeDigits() {
    assertThat(Amounts.of(1_234_567.8)).isEqualTo("1,234,568");
    assertThat(Amounts.of(12.345)).isEqualTo("12.3");
    assertThat(Amounts.of(1.2345)).isEqualTo("1.23");
    assertThat(Amounts.of(0.012345)).isEqualTo("0.0123");
    assertThat(Amounts.of(0)).isEqualTo("0");
    assertThat(Amounts.of(7)).isEqualTo("7");
  }
}
