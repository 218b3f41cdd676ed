package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void tryReserve_upToTheLimit_isGranted() {
    assertThat(budget.tryReserve(60)).isTrue();
    assertThat(budget.tryReserve(41)).isFalse();
    assertThat(budget.tryReserve(40)).isTrue();
    assertThat(budget.tryReserve(1)).isFalse();
    assertThat(budget.reserved()).isEqualTo(100);
  }

  @Test
  void tryReserve_afterRelease_isGrantedAgain() {
    budget.tryReserve(100);
    budget.release(30);

    assertThat(budget.tryReserve(30)).isTrue();
    assertThat(budget.reserved()).isEqualTo(100);
  }

  @Test
  void tryReserve_hugeRequest_doesNotOverflow() {
    budget.tryReserve(50);

    assertThat(budget.tryReserve(Long.MAX_VALUE)).isFalse();
    assertThat(budget.reserved()).isEqualTo(50);
  }

  @Test
  void release_moreThanReserved_isRefusedAndChangesNothing() {
    budget.tryReserve(60);

    assertThatIllegalStateException()
        .isThrownBy(() -> budget.release(61))
        .withMessage("61 bytes can't be released, only 60 are reserved");
    assertThat(budget.reserved()).isEqualTo(60);
  }

  @Test
  void release_negative_isRefusedAndChangesNothing() {
    budget.tryReserve(60);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> budget.release(-1))
        .withMessage("-1 bytes can't be released");
    assertThat(budget.reserved()).isEqualTo(60);
    budget.release(60);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void reserve_moreThanTheLimit_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> budget.reserve(101));
    assertThat(budget.reserved()).isZero();
  }

  /** Each of four threads waits most of the time; a wake-up that is lost ends in the timeout. */
  @Test
  @Timeout(60)
  void reserve_manyThreads_allGetTheirTurnAndNoneMoreThanTheLimit() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Boolean>> within = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      within.add(threads.submit(this::waitAndRelease));
    }
    for (Future<Boolean> each : within) {
      assertThat(each.get()).isTrue();
    }
    threads.shutdown();

    assertThat(budget.reserved()).isZero();
  }

  @Test
  void tryReserveBulk_upToThreeQuarters_leavesTheRestToOthers() {
    assertThat(budget.bulkLimit()).isEqualTo(budget.limit() - budget.limit() / 4);
    assertThat(budget.tryReserveBulk(budget.bulkLimit())).isTrue();

    assertThat(budget.tryReserveBulk(1)).isFalse();
    assertThat(budget.tryReserve(budget.limit() / 4)).isTrue();

    assertThat(budget.tryReserve(1)).isFalse();
    budget.release(budget.limit());
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void tryReserve_manyThreads_neverPassesTheLimitAndAllComesBack()
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Boolean>> within = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      within.add(threads.submit(this::reserveAndRelease));
    }
    for (Future<Boolean> each : within) {
      assertThat(each.get()).isTrue();
    }
    threads.shutdown();

    assertThat(budget.reserved()).isZero();
  }

  private boolean waitAndRelease() throws InterruptedException {
    boolean within = true;
    for (int i = 0; i < 5_000; i++) {
      int bytes = 40 + i % 61;
      budget.reserve(bytes);
      within &= budget.reserved() <= budget.limit();
      budget.release(bytes);
    }
    return within;
  }

  private boolean reserveAndRelease() {
    boolean within = true;
    for (int i = 0; i < 20_000; i++) {
      int bytes = i % 70;
      if (budget.tryReserve(bytes)) {
        within &= budget.reserved() <= budget.limit();
        budget.release(bytes);
      }
    }
    return within;
  }
}
