package io.millrace.worker.upload;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.model.BatchId;
import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.trace.Tracing;
import io.millrace.worker.StoreRig;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.Gate;
import io.millrace.worker.store.StoreCalls;
import io.millrace.worker.store.StoreMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploaderTest {
  private static final String WORKER = "01JDBXV5ZD0000000000000W0K";
  private static final ObjectKeys KEYS = new ObjectKeys("t/");
  private static final String FOLDER = "t/dt=2026-11-23/hour=03/";
  private static final PutResult.Unknown NO_ANSWER =
      new PutResult.Unknown(new ObjectStoreException("no answer", 0, null));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final Gate gate = new Gate(4);
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final FakeObjectStore store = new FakeObjectStore();
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final RollQueue rolls =
      new RollQueue(
          new RollLimits(1 << 20, Duration.ofSeconds(1), 4 << 20, 4, 1000),
          budget,
          new RollMetrics(registry),
          ticker);
  private final SettleMetrics settleMetrics = new SettleMetrics(registry);
  private final Leases leases = new Leases(queue, Duration.ofMinutes(2), settleMetrics, ticker);
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));
  private final DeadLetters letters =
      new DeadLetters(
          dead,
          new Acknowledger(queue, leases, backoff, ticker, settleMetrics),
          leases,
          settleMetrics,
          ticker);
  private final Uploader uploader = uploader();

  private Uploader uploader() {
    UploadMetrics metrics = new UploadMetrics(registry, ticker);
    StoreCalls calls =
        new StoreCalls(
            store,
            gate,
            Duration.ofSeconds(15),
            backoff,
            ticker,
            new StoreMetrics(registry, ticker));
    return new Uploader(
        rolls,
        new RollWriter(calls, new Claims(calls, KEYS), new DataKeys(KEYS, WORKER), metrics),
        new Acknowledger(queue, leases, backoff, ticker, settleMetrics),
        leases,
        letters,
        new BatchSpans(Tracing.off(), ticker),
        metrics);
  }

  private List<String> deadLetters() throws InterruptedException {
    while (letters.size() > 0) {
      letters.runOnce();
    }
    return dead.bodies();
  }

  private void receive(HeldBatch... batches) throws Exception {
    for (HeldBatch batch : batches) {
      queue.send(body(batch), Map.of(), Duration.ofSeconds(1));
    }
    for (ReceivedMessage message : queue.receive(10, Duration.ZERO, Duration.ofMinutes(2))) {
      Decoded decoded = MessageCodec.decode(message.body());
      HeldBatch held =
          new HeldBatch(
              decoded.header(), decoded.frame(), message.receiptHandle(), Claim.NONE, null);
      rolls.reserve(held.heldBytes());
      rolls.add(held);
    }
    ticker.advance(Duration.ofSeconds(1));
  }

  private String key(int n) {
    return FOLDER + (OPENED + 1000) + "-" + WORKER + "-" + n + ".ndjson.zst";
  }

  private static String manifestKey(String key) {
    return "t/_manifests/" + key.substring(2) + ".json";
  }

  private double count(String name) {
    return registry.get("millrace.worker." + name).counter().count();
  }

  private void assertSettled() {
    assertThat(queue.bodies()).isEmpty();
    assertThat(budget.reserved()).isZero();
    assertThat(rolls.held()).isEqualTo(new RollQueue.Held(0, 0, 0));
  }

  @Test
  void runOnce_roll_isStoredWithItsManifestAndMessagesAreDeleted() throws Exception {
    HeldBatch first = batch(1);
    HeldBatch checkpoint = batch(2, OPENED, Codec.ZSTD, List.of());
    receive(first, checkpoint);
    assertThat(uploader.runOnce()).isTrue();
    assertThat(store.keys()).containsExactly(manifestKey(key(1)), key(1));
    Manifest manifest = Manifest.fromJson(store.bytes(manifestKey(key(1))));
    assertThat(manifest.object()).isEqualTo(key(1));
    assertThat(manifest.bytes()).isEqualTo(store.bytes(key(1)).length);
    assertThat(manifest.batches())
        .containsExactly(entry(first, 9), entry(checkpoint, 9 + first.frame().length()));
    assertThat(count("batches.stored")).isEqualTo(2);
    assertThat(count("payloads.stored")).isEqualTo(1);
    assertThat(count("object.bytes")).isEqualTo((double) manifest.bytes());
    assertSettled();
  }

  /** What a roll of that batch alone is stored as. */
  private static byte[] object(HeldBatch batch) {
    byte[] frame = batch.frame().bytes();
    byte[] object = Arrays.copyOf(Codec.ZSTD.emptyFrame(), 9 + frame.length);
    System.arraycopy(frame, 0, object, 9, frame.length);
    return object;
  }

  private static Manifest.Entry entry(HeldBatch batch, long offset) {
    return new Manifest.Entry(
        batch.header().batch(),
        offset,
        batch.frame().length(),
        batch.header().crc32c(),
        batch.header().payloads(),
        batch.header().opened(),
        batch.header().ended(),
        List.of());
  }

  @Test
  void runOnce_answerOfManifestLost_isWrittenUnderTheSameKeys() throws Exception {
    store.answerNextPut(NO_ANSWER, true);
    receive(batch(1));
    uploader.runOnce();
    assertThat(store.keys()).containsExactly(manifestKey(key(1)), key(1));
    assertSettled();
  }

  @Test
  void runOnce_answersOfManifestAndDataLost_isStoredOnceUnderTheFirstKey() throws Exception {
    for (int i = 0; i < 3; i++) { // the second is spent on the manifest that is there already
      store.answerNextPut(NO_ANSWER, true);
    }
    receive(batch(1));
    uploader.runOnce();
    assertThat(store.keys()).containsExactly(manifestKey(key(1)), key(1));
    assertSettled();
  }

  @Test
  void runOnce_refusedSeveralTimes_keepsTheKeyAndWaitsBetween() throws Exception {
    for (int i = 0; i < 5; i++) {
      store.answerNextPut(StoreRig.slowDown(), false);
    }
    receive(batch(1));
    uploader.runOnce();
    assertThat(store.keys()).containsExactly(manifestKey(key(1)), key(1));
    assertThat(ticker.pauses()).hasSize(5);
    assertSettled();
  }

  @Test
  void runOnce_ourDataThereAlready_isStored() throws Exception {
    receive(batch(1));
    put(key(1), object(batch(1)));
    uploader.runOnce();
    assertThat(store.keys()).hasSize(2);
    assertThat(count("objects.stored")).isEqualTo(1);
    assertSettled();
  }

  @Test
  void runOnce_tombstoneAtTheKey_isWrittenUnderANewOneWithItsOwnManifest() throws Exception {
    receive(batch(1));
    put(key(1), Codec.ZSTD.emptyFrame());
    uploader.runOnce();
    assertThat(store.keys())
        .containsExactly(manifestKey(key(1)), manifestKey(key(2)), key(1), key(2));
    assertThat(store.bytes(key(1))).isEqualTo(Codec.ZSTD.emptyFrame());
    assertThat(Manifest.fromJson(store.bytes(manifestKey(key(2)))).object()).isEqualTo(key(2));
    assertThat(count("rolls.fenced")).isEqualTo(1);
    assertSettled();
  }

  @Test
  void runOnce_stoppedWhileTheStoreFails_deletesNothingAndGivesTheRollUp() throws Exception {
    receive(batch(1));
    store.answerNextPut(NO_ANSWER, false);
    ticker.interruptNextPause();
    assertThatThrownBy(uploader::runOnce).isInstanceOf(InterruptedException.class);
    assertThat(queue.bodies()).hasSize(1);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_greaterClaimByAnother_leavesThatBatchOutUnderANewKey() throws Exception {
    receive(batch(1), batch(2));
    claim(1);
    uploader.runOnce();

    assertThat(KEYS.isData(key(2))).isTrue();
    assertThat(store.keys()).contains(manifestKey(key(1)), manifestKey(key(2)), key(2));
    assertThat(store.keys()).doesNotContain(key(1));
    assertThat(store.bytes(key(2))).isEqualTo(object(batch(2)));
    assertThat(count("batches.left.out")).isEqualTo(1);
    assertThat(queue.bodies()).containsExactly(body(batch(1)));
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_allClaimedByOthers_writesNoDataAndDeletesNothing() throws Exception {
    receive(batch(1));
    claim(1);
    uploader.runOnce();

    assertThat(store.keys()).filteredOn(KEYS::isData).isEmpty();
    assertThat(queue.bodies()).hasSize(1);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void runOnce_sameBatchTwiceInARoll_isStoredOnce() throws Exception {
    receive(batch(1), batch(1));
    uploader.runOnce();

    assertThat(store.bytes(key(2))).isEqualTo(object(batch(1)));
    assertThat(queue.bodies()).hasSize(1);
  }

  @Test
  void runOnce_laterMessageOfTheSameName_doesNotPushOutTheFirst() throws Exception {
    HeldBatch forged = batch(1, OPENED, Codec.ZSTD, List.of("{\"forged\":true}"));
    receive(batch(1), forged);
    uploader.runOnce();

    assertThat(store.bytes(key(2))).isEqualTo(object(batch(1)));
    assertThat(queue.bodies()).containsExactly(body(forged));
  }

  private void claim(long seq) {
    String batch = batch(seq).header().batch();
    put(KEYS.claim(Hour.of(OPENED), batch, new Claim(1, "0000000000000000")), new byte[1]);
  }

  @Test
  void runOnce_deleteFails_isTriedAFewTimesAndCounted() throws Exception {
    receive(batch(1));
    queue.failWith(new QueueException("delete", new IOException("no answer")));
    uploader.runOnce();
    assertThat(count("delete.failures")).isEqualTo(1);
    assertThat(ticker.pauses()).hasSize(3);
    queue.failWith(null);
    assertThat(queue.bodies()).hasSize(1);
    assertThat(budget.reserved()).isZero();
  }

  private void put(String key, byte[] bytes) {
    store.putIfAbsent(key, Content.of(bytes), "application/zstd", Duration.ofSeconds(1));
  }

  private List<Long> storedBatches() {
    List<Long> numbers = new ArrayList<>();
    for (String key : store.keys()) {
      if (KEYS.isData(key)) {
        Manifest manifest = Manifest.fromJson(store.bytes(manifestKey(key)));
        if (store.bytes(key).length == manifest.bytes()) {
          manifest.batches().forEach(b -> numbers.add(BatchId.parse(b.batch()).seq()));
        }
      }
    }
    return numbers;
  }

  private static PutResult.Unknown refusal(int status) {
    return new PutResult.Unknown(new ObjectStoreException("status " + status, status, null));
  }

  /** As a proxy before the store does, or a link that is too slow for the length. */
  @ParameterizedTest
  @ValueSource(ints = {413, 0, 502})
  void runOnce_longObjectsRefused_areSplitAndAllStoredOnce(int status) throws Exception {
    HeldBatch[] batches = {batch(1), batch(2), batch(3), batch(4), batch(5)};
    int longest = 2 * batches[0].frame().length() + 9;
    store.refuse((key, content) -> KEYS.isData(key) && content.length() > longest, refusal(status));
    receive(batches);
    uploader.runOnce();
    assertThat(storedBatches()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    assertThat(store.bytes(key(1))).isEqualTo(Codec.ZSTD.emptyFrame());
    assertThat(count("rolls.split")).isGreaterThanOrEqualTo(1);
    assertThat(deadLetters()).isEmpty();
    assertSettled();
  }

  @Test
  void runOnce_oneKeyRefusedForGood_setsItsBatchesAsideAndGoesOn() throws Exception {
    store.answerPuts(key(1)::equals, refusal(400), false);
    HeldBatch refused = batch(1);
    receive(refused);
    uploader.runOnce();
    assertThat(deadLetters()).hasSize(1);
    Decoded letter = MessageCodec.decode(dead.bodies().get(0));
    assertThat(letter.header()).isEqualTo(refused.header().asResent());
    assertThat(gate.isOpen()).isTrue();
    assertThat(count("batches.set.aside")).isEqualTo(1);
    receive(batch(2));
    uploader.runOnce();
    assertThat(storedBatches()).containsExactly(2L);
    assertSettled();
  }

  @Test
  void runOnce_contentOfOneBatchRefused_setsAsideThatOneOnly() throws Exception {
    HeldBatch bad = batch(2);
    store.refuse((key, content) -> contains(content, bad), refusal(403));
    receive(batch(1), bad, batch(3));
    uploader.runOnce();
    assertThat(storedBatches()).containsExactlyInAnyOrder(1L, 3L);
    assertThat(deadLetters()).hasSize(1);
    assertThat(MessageCodec.decode(dead.bodies().get(0)).header().batch())
        .isEqualTo(bad.header().batch());
    assertSettled();
  }

  private static boolean contains(Content content, HeldBatch batch) {
    return content.parts().stream().anyMatch(part -> Arrays.equals(part, batch.frame().bytes()));
  }

  @Test
  void runOnce_allRefused_isAnOutageAndSetsNothingAside() throws Exception {
    receive(batch(1), batch(2));
    store.answerPuts(key -> !key.contains("_manifests"), refusal(403), false);
    recoverAfter(60);
    uploader.runOnce();
    assertThat(storedBatches()).containsExactly(1L, 2L);
    assertThat(deadLetters()).isEmpty();
    assertSettled();
  }

  /** Its uploader would wait for a dead-letter queue that hangs. */
  @Test
  void runOnce_refusedForGood_waitsForNoDeadLetterQueue() throws Exception {
    store.answerPuts(key(1)::equals, refusal(400), false);
    receive(batch(1));
    uploader.runOnce();
    assertThat(dead.bodies()).isEmpty();
    assertThat(letters.size()).isEqualTo(1);
    assertThat(queue.bodies()).as("not deleted before it is a dead letter").hasSize(1);
    assertThat(budget.reserved()).isZero();
    assertThat(deadLetters()).hasSize(1);
    assertSettled();
  }

  /** Someone else made it, so it need not name these batches. */
  @Test
  void runOnce_manifestKeyTakenAtTheFirstTry_startsAgainUnderANewKey() throws Exception {
    put(manifestKey(key(1)), "{}".getBytes(UTF_8));
    receive(batch(1));
    uploader.runOnce();
    assertThat(store.keys()).containsExactly(manifestKey(key(1)), manifestKey(key(2)), key(2));
    assertThat(Manifest.fromJson(store.bytes(manifestKey(key(2)))).object()).isEqualTo(key(2));
    assertSettled();
  }

  @Test
  void runOnce_everyKeyTaken_givesUpAndTheMessagesComeAgain() throws Exception {
    receive(batch(1));
    takeEachManifest(1);
    assertThatThrownBy(uploader::runOnce)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is taken");
    assertThat(queue.bodies()).hasSize(1);
    assertThat(budget.reserved()).isZero();
  }

  private void takeEachManifest(int n) {
    store.beforeNextPut(
        manifestKey(key(n))::equals,
        () -> {
          put(manifestKey(key(n)), new byte[1]);
          takeEachManifest(n + 1);
        });
  }

  @Test
  void runOnce_manifestRefusedForGood_setsItsBatchAsideAndGoesOn() throws Exception {
    store.answerPuts(manifestKey(key(1))::equals, refusal(400), false);
    receive(batch(1));
    uploader.runOnce();
    assertThat(deadLetters()).hasSize(1);
    assertThat(gate.isOpen()).isTrue();
    receive(batch(2));
    uploader.runOnce();
    assertThat(storedBatches()).containsExactly(2L);
    assertSettled();
  }

  @Test
  void runOnce_manifestRefusedForItsLength_isSplit() throws Exception {
    store.refuse((key, content) -> key.endsWith(".json") && content.length() > 500, refusal(413));
    receive(batch(1), batch(2), batch(3), batch(4));
    uploader.runOnce();
    assertThat(storedBatches()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(deadLetters()).isEmpty();
    assertSettled();
  }

  /** A 412 says that something is there, and HEAD is refused: one more try tells nothing new. */
  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void runOnce_somethingThereThatIsNotShown_setsItsBatchAside(int status) throws Exception {
    receive(batch(1));
    put(key(1), new byte[5]);
    store.refuseHeads(key(1)::equals, new ObjectStoreException("HEAD", status, null));
    uploader.runOnce();
    assertThat(deadLetters()).hasSize(1);
    assertThat(dead.receive(1, Duration.ZERO, Duration.ofSeconds(1)).get(0).attributes())
        .hasEntrySatisfying("reason", reason -> assertThat(reason).contains("s3:ListBucket"));
    assertThat(gate.isOpen()).isTrue();
    assertThat(count("batches.set.aside")).isEqualTo(1);
    assertSettled();
  }

  private void recoverAfter(int puts) {
    store.beforeNextPut(
        key -> true,
        () -> {
          if (puts == 0) {
            store.answerPutsAsEver();
          } else {
            recoverAfter(puts - 1);
          }
        });
  }
}
