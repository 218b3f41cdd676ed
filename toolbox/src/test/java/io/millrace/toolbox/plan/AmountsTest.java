package io.millrace.toolbox.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void of_anyAmount_hasThreeDigits() {
    assertThat(Amounts.of(1_234_567.8)).isEqualTo("1,234,568");
    assertThat(Amounts.of(12.345)).isEqualTo("12.3");
    assertThat(Amounts.of(1.2345)).isEqualTo("1.23");
    assertThat(Amounts.of(0.012345)).isEqualTo("0.0123");
    assertThat(Amounts.of(0)).isEqualTo("0");
    assertThat(Amounts.of(7)).isEqualTo("7");
  }
}
