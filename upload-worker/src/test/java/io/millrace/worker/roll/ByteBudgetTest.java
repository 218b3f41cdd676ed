package io.millrace.worker.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  @Test
  void release_negative_isRefusedAndChangesNothing() throws InterruptedException {
    ByteBudget budget = new ByteBudget(100);
    budget.reserve(60);
    assertThatThrownBy(() -> budget.release(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-1 bytes can't be released");
    assertThat(budget.reserved()).isEqualTo(60);
    budget.release(60);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void release_moreThanReserved_isRefusedAndChangesNothing() throws InterruptedException {
    ByteBudget budget = new ByteBudget(100);
    budget.reserve(60);
    assertThatThrownBy(() -> budget.release(61))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("61 bytes can't be released, only 60 are reserved");
    assertThat(budget.reserved()).isEqualTo(60);
  }
}
