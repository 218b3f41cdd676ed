package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

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
  void release_moreThanReserved_throws() {
    budget.tryReserve(10);

    assertThatIllegalStateException().isThrownBy(() -> budget.release(11));
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
