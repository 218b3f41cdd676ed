package io.millrace.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
  /** The ticket of a call that no failure of others came before. */
  private static final long NOW = Long.MAX_VALUE;

  private final Gate gate = new Gate(8);
  private Thread thread;
  private volatile boolean interrupted;

  @FunctionalInterface
  private interface Wait {
    void run() throws InterruptedException;
  }

  /** A call that is made now and fails. */
  private static void fail(Gate gate) {
    assertThat(gate.failed(NOW)).isTrue();
  }

  /** A call that is made now and is throttled. */
  private static void throttle(Gate gate) {
    assertThat(gate.throttled(NOW)).isTrue();
  }

  /** Starts a thread that is expected to wait, and returns when it does. */
  private void startWaiting(Wait wait) {
    thread =
        new Thread(
            () -> {
              try {
                wait.run();
              } catch (InterruptedException e) {
                interrupted = true;
              }
            });
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private void assertGoesOn() throws InterruptedException {
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(interrupted).isFalse();
  }

  /** One that was let go on before the interrupt would end without noticing it. */
  private void assertWaitsOnUntilInterrupted() throws InterruptedException {
    thread.interrupt();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(interrupted).isTrue();
  }

  @AfterEach
  void endThread() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Test
  void failed_openGate_closesItForAllButOneCall() {
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.limit()).isEqualTo(8);
    fail(gate);
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.limit()).isEqualTo(1);
  }

  @Test
  void succeeded_closedGate_opensItAndGrowsByOneAfterAsManyAsThereAreCalls() {
    fail(gate);
    gate.succeeded(true);
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.limit()).isEqualTo(2);
    gate.succeeded(true);
    gate.succeeded(true);
    assertThat(gate.limit()).isEqualTo(2);
    gate.succeeded(true);
    assertThat(gate.limit()).isEqualTo(3);
  }

  @Test
  void succeeded_often_staysAtTheMost() {
    for (int i = 0; i < 100; i++) {
      gate.succeeded(true);
    }
    assertThat(gate.limit()).isEqualTo(8);
  }

  @Test
  void throttled_openGate_halvesDownToOneAndStaysOpen() {
    throttle(gate);
    assertThat(gate.limit()).isEqualTo(4);
    for (int i = 0; i < 5; i++) {
      throttle(gate);
    }
    assertThat(gate.limit()).isEqualTo(1);
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void throttled_callsThatWereUnderWayTogether_halveOnce() throws InterruptedException {
    long first = gate.enter();
    long second = gate.enter();
    assertThat(gate.throttled(first)).isTrue();
    assertThat(gate.throttled(second)).isFalse();
    assertThat(gate.limit()).isEqualTo(4);
    assertThat(gate.throttled(gate.enter())).isTrue();
    assertThat(gate.limit()).isEqualTo(2);
  }

  @Test
  void failed_calledBeforeTheGateOpenedAgain_doesNotCloseItAgain() throws InterruptedException {
    long first = gate.enter();
    long second = gate.enter();
    gate.failed(first);
    gate.leave();
    gate.succeeded(true);
    assertThat(gate.failed(second)).isFalse();
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void throttled_closedGate_staysClosed() {
    fail(gate);
    throttle(gate);
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void enter_asManyInsideAsMay_waitsUntilOneLeaves() throws InterruptedException {
    for (int i = 0; i < 8; i++) {
      gate.enter();
    }
    startWaiting(gate::enter);
    gate.leave();
    assertGoesOn();
  }

  @Test
  void enter_limitFellBelowThoseInside_waitsUntilEnoughHaveLeft() throws InterruptedException {
    gate.enter();
    gate.enter();
    fail(gate);
    startWaiting(gate::enter);
    gate.leave();
    assertWaitsOnUntilInterrupted();
    gate.leave();
    gate.enter();
  }

  @Test
  void enter_afterOneThatWaits_comesBehindIt() throws InterruptedException {
    Gate narrow = new Gate(1);
    AtomicBoolean entered = new AtomicBoolean();
    narrow.enter();
    startWaiting(
        () -> {
          narrow.enter();
          entered.set(true);
          narrow.leave();
        });
    narrow.leave();
    narrow.enter();
    assertThat(entered).isTrue();
  }

  @Test
  void awaitOpen_openGate_goesOn() throws InterruptedException {
    gate.use();
    gate.awaitOpen();
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void awaitOpen_closedWithoutUsers_goesOnBecauseNobodyElseWouldFindOut()
      throws InterruptedException {
    fail(gate);
    gate.awaitOpen();
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void awaitOpen_closedWithUsers_waitsForSuccess() throws InterruptedException {
    gate.use();
    fail(gate);
    startWaiting(gate::awaitOpen);
    gate.succeeded(true);
    assertGoesOn();
  }

  @Test
  void awaitOpen_closedWithUsers_waitsUntilTheLastGivesUp() throws InterruptedException {
    gate.use();
    gate.use();
    fail(gate);
    startWaiting(gate::awaitOpen);
    gate.doneWithStore();
    gate.doneWithStore();
    assertGoesOn();
  }

  @Test
  void awaitOpen_oneOfTwoUsersGivesUp_waitsOn() throws InterruptedException {
    gate.use();
    gate.use();
    fail(gate);
    startWaiting(gate::awaitOpen);
    gate.doneWithStore();
    assertWaitsOnUntilInterrupted();
  }

  @Test
  void succeeded_readWhileClosed_doesNotOpen() {
    Gate gate = new Gate(4);
    fail(gate);

    assertThat(gate.succeeded(false)).isFalse();
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.limit()).isEqualTo(1);
    assertThat(gate.succeeded(true)).isTrue();
  }
}
