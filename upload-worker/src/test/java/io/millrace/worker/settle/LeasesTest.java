package io.millrace.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.time.FakeTicker;
import io.millrace.worker.receive.VisibilityCalls;
import io.millrace.worker.receive.VisibilityCalls.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration HALF = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final Duration INSTANT = Duration.ofNanos(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SettleMetrics metrics = new SettleMetrics(registry);
  private final FakeTicker ticker = new FakeTicker();
  private final VisibilityCalls queue = new VisibilityCalls();
  private final Leases leases = new Leases(queue, TIMEOUT, metrics, ticker);

  private void hold(String... handles) {
    for (String handle : handles) {
      leases.hold(handle, 0, ticker.nanos());
    }
  }

  private double count(String name) {
    return registry.get("millrace.worker." + name).counter().count();
  }

  private List<Call> extend() {
    leases.extendDue();
    return queue.takeCalls();
  }

  @Test
  void extendDue_half_hidesAnewAndAgainAfterTheNextHalf() {
    hold("a");
    ticker.advance(HALF.minus(INSTANT));
    assertThat(extend()).isEmpty();
    ticker.advance(INSTANT);
    assertThat(extend()).containsExactly(new Call(List.of("a"), TIMEOUT));
    assertThat(extend()).isEmpty();
    ticker.advance(HALF);
    assertThat(extend()).containsExactly(new Call(List.of("a"), TIMEOUT));
  }

  @Test
  void extendDue_receivedAtOtherTimes_hidesThoseThatAreDue() {
    hold("a");
    ticker.advance(LOOK);
    hold("b");
    ticker.advance(HALF.minus(LOOK));
    assertThat(extend()).containsExactly(new Call(List.of("a"), TIMEOUT));
    ticker.advance(LOOK);
    assertThat(extend()).containsExactly(new Call(List.of("b"), TIMEOUT));
  }

  @Test
  void extendDue_many_goesInCallsOfTen() {
    for (int i = 0; i < 25; i++) {
      hold("h" + i);
    }
    ticker.advance(HALF);
    List<Call> calls = extend();
    assertThat(calls).extracting(call -> call.handles().size()).containsExactly(10, 10, 5);
    assertThat(calls.stream().flatMap(call -> call.handles().stream())).doesNotHaveDuplicates();
  }

  @Test
  void extendDue_severalThreads_takeNoMessageTwice() {
    for (int i = 0; i < 1_200; i++) {
      hold("h" + i);
    }
    ticker.advance(HALF);
    List<Integer> others = new ArrayList<>();
    queue.duringCalls(
        () -> {
          queue.duringCalls(() -> {});
          others.add(leases.extendDue());
        });
    assertThat(leases.extendDue()).isEqualTo(500);
    others.add(leases.extendDue());
    assertThat(others).containsExactly(500, 200);
    assertThat(queue.takeCalls().stream().flatMap(call -> call.handles().stream()))
        .hasSize(1_200)
        .doesNotHaveDuplicates();
  }

  @Test
  void extendDue_someFail_triesThoseSooner() {
    hold("a", "b");
    queue.failFor(Set.of("b"));
    ticker.advance(HALF);
    assertThat(extend()).hasSize(1);
    assertThat(count("extend.failures")).isEqualTo(1);
    ticker.advance(LOOK.minus(INSTANT));
    assertThat(extend()).isEmpty();
    queue.failFor(Set.of());
    ticker.advance(INSTANT);
    assertThat(extend()).containsExactly(new Call(List.of("b"), TIMEOUT));
    ticker.advance(HALF.minus(LOOK));
    assertThat(extend()).containsExactly(new Call(List.of("a"), TIMEOUT));
  }

  @Test
  void extendDue_queueAway_triesAllSooner() {
    for (int i = 0; i < 11; i++) {
      hold("h" + i);
    }
    queue.away(true);
    ticker.advance(HALF);
    assertThat(extend()).hasSize(2);
    assertThat(count("extend.failures")).isEqualTo(11);
    queue.away(false);
    ticker.advance(LOOK);
    assertThat(extend()).extracting(call -> call.handles().size()).containsExactly(10, 1);
  }

  @Test
  void extendDue_slowCalls_countFromTheirBeginning() {
    hold("a");
    queue.duringCalls(() -> ticker.advance(LOOK));
    ticker.advance(HALF);
    assertThat(extend()).hasSize(1);
    ticker.advance(HALF.minus(LOOK));
    assertThat(extend()).hasSize(1);
  }

  @Test
  void extendDue_overdue_longestComesFirst() {
    for (int i = 0; i < 12; i++) {
      hold("h" + i);
      ticker.advance(INSTANT);
    }
    ticker.advance(HALF);
    assertThat(extend())
        .flatExtracting(Call::handles)
        .containsExactly("h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10", "h11");
  }

  @Test
  void extendDue_settled_isLeftAlone() {
    hold("a", "b");
    leases.settle(List.of("a", "unknown"));
    ticker.advance(HALF);
    assertThat(extend()).containsExactly(new Call(List.of("b"), TIMEOUT));
  }

  @Test
  void extendDue_settledDuringTheCall_isNoFailureAndNotHeldAgain() {
    hold("a");
    queue.failFor(Set.of("a"));
    queue.duringCalls(() -> leases.settle(List.of("a")));
    ticker.advance(HALF);
    assertThat(extend()).hasSize(1);
    assertThat(count("extend.failures")).isZero();
    assertThat(leases.oldestOpenedMs()).isEmpty();
    ticker.advance(TIMEOUT);
    assertThat(extend()).isEmpty();
  }

  @Test
  void runOnce_outageOfHours_keepsEachMessageHidden() throws InterruptedException {
    hold("a");
    long hiddenUntil = TIMEOUT.toNanos();
    for (int look = 0; look < 1000; look++) {
      assertThat(leases.runOnce()).isTrue();
      if (!queue.takeCalls().isEmpty()) {
        hiddenUntil = ticker.nanos() - LOOK.toNanos() + TIMEOUT.toNanos();
      }
      assertThat(ticker.nanos()).isLessThan(hiddenUntil);
    }
    assertThat(ticker.pauses()).containsOnly(LOOK);
  }

  @Test
  void runOnce_interrupted_holdsOn() {
    hold("a");
    ticker.interruptNextPause();
    assertThatThrownBy(leases::runOnce).isInstanceOf(InterruptedException.class);
    assertThat(leases.oldestOpenedMs()).isPresent();
  }

  @Test
  void handBack_many_goesInTensUntilNoneIsLeft() {
    for (int i = 0; i < 15; i++) {
      hold("h" + i);
    }
    queue.failFor(Set.of("h3"));
    assertThat(leases.handBack()).isTrue();
    assertThat(leases.handBack()).isTrue();
    assertThat(leases.handBack()).isFalse();
    List<Call> calls = queue.takeCalls();
    assertThat(calls).extracting(call -> call.handles().size()).containsExactly(10, 5);
    assertThat(calls).extracting(Call::visibility).containsOnly(Duration.ZERO);
    assertThat(calls.stream().flatMap(call -> call.handles().stream())).doesNotHaveDuplicates();
    assertThat(metrics.handedBack()).isEqualTo(14);
    assertThat(count("extend.failures")).isEqualTo(1);
  }

  @Test
  void oldestOpenedMs_held_isTheLeast() {
    assertThat(leases.oldestOpenedMs()).isEmpty();
    leases.hold("a", 30, 0);
    leases.hold("b", 10, 0);
    leases.hold("c", 20, 0);
    assertThat(leases.oldestOpenedMs()).hasValue(10);
    leases.settle(List.of("b"));
    assertThat(leases.oldestOpenedMs()).hasValue(20);
    leases.handBack();
    assertThat(leases.oldestOpenedMs()).isEmpty();
  }
}
