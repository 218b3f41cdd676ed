package io.millrace.worker.store;

import static io.millrace.worker.StoreRig.MAX_CALLS;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.Content;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.worker.StoreRig;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StoreCallsTest {
  private final ObjectStoreException away = new ObjectStoreException("away", 500, null);

  private final StoreRig rig = StoreRig.empty();

  private PutResult put(String key) throws InterruptedException {
    return rig.calls().put("data", key, Content.of(new byte[3]), "application/zstd");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 403, 500, 503})
  void put_refusedOrNotAnswered_closesTheGateAndWaits(int status) throws InterruptedException {
    rig.store().answerPuts(key -> true, StoreRig.answer(status), false);
    assertThat(put("k")).isInstanceOf(PutResult.Unknown.class);
    assertThat(rig.gate().isOpen()).isFalse();
    assertThat(rig.gate().limit()).isEqualTo(1);
    assertThat(rig.ticker().pauses()).hasSize(1);
    assertThat(rig.count("store.failures")).isEqualTo(1);
    assertThat(rig.count("store.throttled")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void tryPut_thisKeyAloneRefused_leavesTheGateOpenAndTellsIt(int status)
      throws InterruptedException {
    rig.store().answerPuts("f/k"::equals, StoreRig.answer(status), false);
    for (int i = 0; i < 3; i++) {
      StoreCalls.Put put = rig.calls().tryPut("data", "f/k", Content.of(new byte[3]), "text/plain");
      assertThat(put.result()).isInstanceOf(PutResult.Unknown.class);
      assertThat(put.refused()).isNotNull();
    }
    assertThat(rig.gate().isOpen()).isTrue();
    assertThat(rig.gate().limit()).isEqualTo(MAX_CALLS);
    assertThat(rig.count("store.refused")).isEqualTo(3);
    assertThat(rig.count("store.failures")).isZero();
    assertThat(rig.store().keys())
        .as("one probe")
        .singleElement()
        .asString()
        .startsWith("f/_probe-");
  }

  @Test
  void tryPut_longContent_hasLongerThanAShortOne() throws InterruptedException {
    rig.calls().put("data", "short", Content.of(new byte[3]), "text/plain");
    assertThat(rig.store().lastTimeout()).isEqualTo(Duration.ofSeconds(15));
    rig.calls().put("data", "long", Content.of(new byte[1 << 20]), "text/plain");
    assertThat(rig.store().lastTimeout()).isEqualTo(Duration.ofSeconds(19));
  }

  @Test
  void put_throttled_halvesTheCallsAndStaysOpen() throws InterruptedException {
    rig.store().answerNextPut(StoreRig.slowDown(), false);
    put("k");
    assertThat(rig.gate().isOpen()).isTrue();
    assertThat(rig.gate().limit()).isEqualTo(MAX_CALLS / 2);
    assertThat(rig.ticker().pauses()).hasSize(1);
    assertThat(rig.count("store.throttled")).isEqualTo(1);
    assertThat(rig.count("store.failures")).isZero();
  }

  @Test
  void put_conflict_neitherClosesNorHalves() throws InterruptedException {
    rig.store().answerNextPut(StoreRig.answer(409), false);
    put("k");
    assertThat(rig.gate().isOpen()).isTrue();
    assertThat(rig.gate().limit()).isEqualTo(MAX_CALLS);
    assertThat(rig.ticker().pauses()).hasSize(1);
    assertThat(rig.count("store.throttled") + rig.count("store.failures")).isZero();
  }

  @Test
  void put_answeredAfterFailures_opensTheGate() throws InterruptedException {
    rig.store().answerNextPut(NO_ANSWER, true);
    put("k");
    assertThat(rig.gate().isOpen()).isFalse();
    assertThat(put("k")).isEqualTo(new PutResult.AlreadyThere());
    assertThat(rig.gate().isOpen()).isTrue();
    assertThat(rig.ticker().pauses()).hasSize(1);
  }

  @Test
  void put_failuresInARow_waitsWithinGrowingLimits() throws InterruptedException {
    rig.store().answerPuts(key -> true, NO_ANSWER, false);
    for (int i = 0; i < 12; i++) {
      put("k");
    }
    Duration most = Duration.ofMillis(100);
    for (Duration pause : rig.ticker().pauses()) {
      assertThat(pause).isBetween(Duration.ZERO, most);
      most = most.multipliedBy(2);
    }
    assertThat(rig.ticker().pauses()).hasSize(12);
    assertThat(rig.ticker().pauses().get(11)).isLessThanOrEqualTo(rig.backoff().limit());
  }

  @Test
  void reads_refused_areMadeAgainUntilAnswered() throws InterruptedException {
    rig.put("k", new byte[] {1, 2, 3});
    rig.store().failNext(2, away);
    assertThat(rig.calls().size("k")).isEqualTo(OptionalLong.of(3));
    assertThat(rig.calls().size("other")).isEmpty();
    rig.store().failNext(2, away);
    assertThat(rig.calls().listing("", null).next()).isNotNull();
    rig.store().failNext(2, away);
    assertThat(rig.calls().part("k", 0, 3).orElseThrow()).containsExactly(1, 2, 3);
    assertThat(rig.calls().part("other", 0, 1)).isEmpty();
    assertThat(rig.calls().part("k", 1, 3)).isEmpty();
    assertThat(rig.count("store.failures")).isEqualTo(6);
    assertThat(rig.ticker().pauses()).hasSize(6);
    assertThat(rig.gate().isOpen()).as("before a PUT").isFalse();
    rig.calls().put("data", "new", Content.of(new byte[1]), "text/plain");
    assertThat(rig.gate().isOpen()).isTrue();
  }

  @Test
  void calls_interruptedInTheWait_giveTheirPlaceBack() {
    rig.ticker().interruptNextPause();
    rig.store().answerPuts(key -> true, NO_ANSWER, false);
    rig.store().failWith(away);
    for (int i = 0; i < 2 * MAX_CALLS; i++) {
      assertThatThrownBy(() -> put("k")).isInstanceOf(InterruptedException.class);
      assertThatThrownBy(() -> rig.calls().size("k")).isInstanceOf(InterruptedException.class);
    }
    assertThat(rig.store().keys()).isEmpty();
  }

  @Test
  void during_workEnds_isNoUserAnyMore() throws InterruptedException {
    rig.store().answerNextPut(NO_ANSWER, false);
    assertThat(rig.calls().during(() -> put("k"))).isEqualTo(NO_ANSWER);
    assertThatThrownBy(
            () ->
                rig.calls()
                    .during(
                        () -> {
                          throw new IllegalStateException("unexpected");
                        }))
        .isInstanceOf(IllegalStateException.class);
    rig.gate().awaitOpen(); // would wait for ever if there was a user
    assertThat(rig.gate().isOpen()).isFalse();
  }
}
