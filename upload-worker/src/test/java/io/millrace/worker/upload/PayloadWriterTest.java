package io.millrace.worker.upload;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.body;
import static io.millrace.worker.SampleBatches.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.FolderTemplate;
import io.millrace.model.ObjectKeys;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.trace.Tracing;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import io.millrace.worker.store.Gate;
import io.millrace.worker.store.StoreCalls;
import io.millrace.worker.store.StoreMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadWriterTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(2);
  private static final String HOUR = "t/2026-11-23-03/";
  private static final PutResult.Unknown NO_ANSWER =
      new PutResult.Unknown(new ObjectStoreException("no answer", 0, null));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final FakeObjectStore store = new FakeObjectStore();
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final RollQueue rolls =
      new RollQueue(
          new RollLimits(0, Duration.ZERO, 4 << 20, 4, 1000),
          budget,
          new RollMetrics(registry),
          ticker);
  private final SettleMetrics settleMetrics = new SettleMetrics(registry);
  private final Leases leases = new Leases(queue, VISIBILITY, settleMetrics, ticker);
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
    StoreCalls calls =
        new StoreCalls(
            store,
            new Gate(4),
            Duration.ofSeconds(15),
            backoff,
            ticker,
            new StoreMetrics(registry, ticker));
    FolderTemplate folders = FolderTemplate.parse("{dt}-{hour}/v{version}/{token}");
    return new Uploader(
        rolls,
        new PayloadWriter(calls, new ObjectKeys("t/"), folders),
        new Acknowledger(queue, leases, backoff, ticker, settleMetrics),
        leases,
        letters,
        new BatchSpans(Tracing.off(), ticker),
        new UploadMetrics(registry, ticker));
  }

  private void receive() throws Exception {
    for (ReceivedMessage message : queue.receive(10, Duration.ZERO, VISIBILITY)) {
      Decoded decoded = MessageCodec.decode(message.body());
      HeldBatch held =
          new HeldBatch(
              decoded.header(), decoded.frame(), message.receiptHandle(), Claim.NONE, null);
      rolls.reserve(held.heldBytes());
      rolls.add(held);
    }
  }

  private HeldBatch send(long seq, Codec codec, String... lines) {
    HeldBatch batch = batch(seq, OPENED, codec, List.of(lines));
    queue.send(body(batch), Map.of(), Duration.ofSeconds(1));
    return batch;
  }

  private String object(String key) {
    return new String(store.bytes(key), UTF_8);
  }

  private static String id(long seq, int number) {
    return WRITER + "-" + seq + "-" + number;
  }

  private double count(String name) {
    return registry.get("millrace.worker." + name).counter().count();
  }

  private void assertSettled() {
    assertThat(queue.bodies()).isEmpty();
    assertThat(budget.reserved()).isZero();
    assertThat(rolls.held()).isEqualTo(new RollQueue.Held(0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void runOnce_batch_isAnObjectForEachPayloadWithItsBytesAlone(Codec codec) throws Exception {
    String odd = "{ \"a\" : 1e999, \"a\":\"\u20ac \\u0000}\" }";
    send(1, codec, line(1, 0, "abc", "{}"), line(1, 1, "../\"\\\u00e4", odd));
    receive();
    uploader.runOnce();

    String plain = HOUR + "v1.4/abc/" + id(1, 0);
    String nasty = HOUR + "v1.4/%2E%2E%2F%22%5C%C3%A4/" + id(1, 1);
    assertThat(store.keys()).containsExactly(nasty, plain);
    assertThat(object(plain)).isEqualTo("{}");
    assertThat(object(nasty)).isEqualTo(odd);
    assertThat(store.contentType(plain)).isEqualTo("application/octet-stream");
    assertThat(count("objects.stored")).isEqualTo(2);
    assertThat(count("payloads.stored")).isEqualTo(2);
    assertThat(count("object.bytes")).isEqualTo(2.0 + odd.getBytes(UTF_8).length);
    assertSettled();
  }

  @Test
  void runOnce_severalBatches_areJobsOfTheirOwn() throws Exception {
    send(1, Codec.ZSTD, line(1, 0, "a", "{}"));
    send(2, Codec.GZIP, line(2, 0, "a", "{}"));
    send(3, Codec.ZSTD, line(3, 0, "a", "{}"));
    receive();
    for (int left = 2; left >= 0; left--) {
      uploader.runOnce();
      assertThat(queue.bodies()).hasSize(left);
    }
    assertThat(store.keys()).hasSize(3);
    assertSettled();
  }

  @Test
  void runOnce_checkpoint_writesNothingAndIsDeleted() throws Exception {
    send(1, Codec.ZSTD);
    receive();
    uploader.runOnce();

    assertThat(store.keys()).isEmpty();
    assertThat(count("batches.stored")).isEqualTo(1);
    assertSettled();
  }

  @Test
  void runOnce_answersLost_makesTheSameCallAgainUntilItIsKnown() throws Exception {
    for (int i = 0; i < 3; i++) { // the first two try one payload, stored by the first
      store.answerNextPut(NO_ANSWER, true);
    }
    send(1, Codec.ZSTD, line(1, 0, "a", "{\"n\":0}"), line(1, 1, "a", "{\"n\":1}"));
    receive();
    uploader.runOnce();

    assertThat(store.keys())
        .containsExactly(HOUR + "v1.4/a/" + id(1, 0), HOUR + "v1.4/a/" + id(1, 1));
    assertThat(object(HOUR + "v1.4/a/" + id(1, 1))).isEqualTo("{\"n\":1}");
    assertThat(ticker.pauses()).isNotEmpty();
    assertSettled();
  }

  @Test
  void runOnce_batchStoredBefore_isDeletedWithoutASecondObject() throws Exception {
    HeldBatch first = send(1, Codec.ZSTD, line(1, 0, "a", "{}"), line(1, 1, "b", "{}"));
    queue.send(MessageCodec.encode(first.header().asResent(), first.frame()), Map.of(), VISIBILITY);
    receive();
    uploader.runOnce();
    List<String> keys = store.keys();
    uploader.runOnce();

    assertThat(store.keys()).isEqualTo(keys).hasSize(2);
    assertSettled();
  }

  @Test
  void runOnce_stoppedHalfWay_deletesNothingAndTheNextDeliveryCompletesIt() throws Exception {
    send(1, Codec.ZSTD, line(1, 0, "a", "{}"), line(1, 1, "a", "{}"));
    store.answerNextPut(NO_ANSWER, true);
    ticker.interruptNextPause();
    receive();
    assertThatThrownBy(uploader::runOnce).isInstanceOf(InterruptedException.class);
    assertThat(store.keys()).hasSize(1);
    assertThat(queue.bodies()).hasSize(1);
    assertThat(budget.reserved()).isZero();

    ticker.advance(VISIBILITY);
    receive();
    uploader.runOnce();
    assertThat(store.keys()).hasSize(2);
    assertSettled();
  }

  @Test
  void runOnce_oneKeyRefusedForGood_setsItsBatchAsideAndGoesOn() throws Exception {
    HeldBatch refused = send(1, Codec.ZSTD, line(1, 0, "a", "{}"), line(1, 1, "a", "{}"));
    send(2, Codec.ZSTD, line(2, 0, "a", "{}"));
    receive();
    store.answerPuts(
        key -> key.endsWith("/" + id(1, 1)),
        new PutResult.Unknown(new ObjectStoreException("bad key", 400, null)),
        false);
    uploader.runOnce();
    uploader.runOnce();
    assertThat(dead.bodies()).as("the uploader doesn't wait for it").isEmpty();
    letters.runOnce();
    assertThat(dead.bodies()).hasSize(1);
    assertThat(MessageCodec.decode(dead.bodies().get(0)).header().batch())
        .isEqualTo(refused.header().batch());
    assertThat(store.keys()).anyMatch(key -> key.endsWith("/" + id(2, 0)));
    assertThat(queue.bodies()).isEmpty();
    assertThat(budget.reserved()).isZero();
  }
}
