package io.millrace.worker;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static io.millrace.worker.TestWorker.KEYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Codec;
import io.millrace.object.FakeObjectStore;
import io.millrace.worker.settle.HeldBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole workers on a store that fails. */
@Timeout(120)
class WorkerOutageTest {
  private final WaitingQueue queue = new WaitingQueue();
  private final WaitingQueue dead = new WaitingQueue();
  private final FakeObjectStore store = new FakeObjectStore();
  private final DataObjects objects = new DataObjects(store, KEYS);

  /** The worker's waits between tries last up to 10 s. */
  private static ConditionFactory awaitTries() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private WorkerTier start(String... pairs) {
    return TestWorker.start(queue.connect(), dead.connect(), store, pairs);
  }

  private void send(int from, int to) {
    for (int seq = from; seq < to; seq++) {
      Codec codec = seq % 3 == 0 ? Codec.GZIP : Codec.ZSTD;
      HeldBatch batch = SampleBatches.batch(seq, OPENED, codec, List.of("{\"n\":" + seq + "}"));
      queue.send(SampleBatches.body(batch), Map.of(), Duration.ofSeconds(1));
    }
  }

  private static double count(WorkerTier tier, String name, String... tags) {
    return tier.metrics().get("millrace.worker." + name).tags(tags).counter().count();
  }

  private static double gauge(WorkerTier tier, String name) {
    return tier.metrics().get("millrace.worker." + name).gauge().value();
  }

  private void assertStoredOnce(int batches) {
    assertThat(objects.batches())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, batches).mapToObj(seq -> WRITER + "-" + seq).toList());
    assertThat(dead.bodies()).isEmpty();
  }

  private boolean isAnnounced(Codec codec) {
    return store.keys().stream()
        .filter(KEYS::isManifest)
        .anyMatch(key -> KEYS.dataOf(key).endsWith(codec.suffix()));
  }

  @Test
  void close_answersOfDataLost_nextWorkerStoresWhatIsNotThereAndNothingTwice() {
    try (WorkerTier first = start("PUT_TIMEOUT_MS", "100")) {
      store.answerPuts(key -> KEYS.isData(key) && key.endsWith(".gz"), NO_ANSWER, true);
      store.answerPuts(KEYS::isData, NO_ANSWER, false);
      send(1, 101);
      awaitTries().until(() -> isAnnounced(Codec.ZSTD) && !objects.dataKeys().isEmpty());
      assertThat(count(first, "objects.stored")).isZero();
    }
    assertThat(queue.bodies()).hasSize(100);
    store.answerPutsAsEver();
    try (WorkerTier second = start()) {
      awaitTries().until(() -> queue.bodies().isEmpty());
      assertThat(count(second, "suspects.checked", "result", "stored")).isPositive();
      assertThat(count(second, "suspects.checked", "result", "not_stored")).isPositive();
      assertThat(count(second, "tombstones")).isPositive();
    }
    assertStoredOnce(100);
  }

  @Test
  void run_twoWorkersAndTheFirstGivesUp_storesEachBatchOnce() {
    WorkerTier first = start("PUT_TIMEOUT_MS", "100");
    store.answerPuts(key -> KEYS.isData(key) && key.endsWith(".gz"), NO_ANSWER, true);
    store.answerPuts(key -> KEYS.isData(key) || key.contains("/_claims/dt="), NO_ANSWER, false);
    send(1, 101);
    awaitTries().until(() -> !objects.dataKeys().isEmpty() && isAnnounced(Codec.ZSTD));
    try (WorkerTier second = start("PUT_TIMEOUT_MS", "100")) {
      first.close();
      store.answerPutsAsEver();
      awaitTries().until(() -> queue.bodies().isEmpty());
      awaitTries().until(() -> gauge(second, "held.messages") == 0);
    }
    assertStoredOnce(100);
  }

  @Test
  void run_storeFailsForAllPuts_receivesNoMoreUntilItWorksAgain() {
    try (WorkerTier tier = start("POLLERS", "1", "ROLL_MAX_AGE_MS", "1")) {
      store.answerPuts(key -> true, StoreRig.answer(500), false);
      send(1, 11);
      awaitTries().until(() -> gauge(tier, "gate.open") == 0);
      send(11, 111);
      double failures = count(tier, "store.failures");
      awaitTries().until(() -> count(tier, "store.failures") >= failures + 3);
      // A receive that was waiting when the gate closed may have brought ten.
      assertThat(queue.counts().visible()).isGreaterThanOrEqualTo(90);
      assertThat(gauge(tier, "gate.open")).isZero();

      store.answerPutsAsEver();
      awaitTries().until(() -> queue.bodies().isEmpty());
      assertThat(count(tier, "messages.received")).isEqualTo(110);
      assertThat(count(tier, "messages.redelivered")).isZero();
      assertThat(gauge(tier, "gate.open")).isEqualTo(1);
    }
    assertStoredOnce(110);
  }
}
