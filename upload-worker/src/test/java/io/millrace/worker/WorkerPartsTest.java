package io.millrace.worker;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.Codec;
import io.millrace.object.FakeObjectStore;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.trace.RecordedSpans;
import io.millrace.worker.settle.HeldBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkerPartsTest {
  private final FakeObjectStore store = new FakeObjectStore();
  private final RecordedSpans spans = new RecordedSpans();

  @Test
  void uploader_rolled_hasASpanForEachCall() throws InterruptedException {
    write(Map.of("BUCKET", "telemetry"));

    assertThat(spans.names()).containsExactly("PUT", "LIST", "PUT", "roll", "store");
  }

  @Test
  void uploader_payload_hasNeitherASpanForEachPayloadNorATokenInAny() throws InterruptedException {
    write(
        Map.of(
            "BUCKET", "telemetry", "OBJECT_LAYOUT", "payload", "OBJECT_FOLDER", "{hour}/{token}"));

    assertThat(store.keys()).hasSize(2).allMatch(key -> key.contains("/token-of-one/"));
    assertThat(spans.names()).containsExactly("roll", "store");
    assertThat(spans.of("store").get(0).attributes()).containsEntry("millrace.payloads", "2");
  }

  private void write(Map<String, String> settings) throws InterruptedException {
    FakeTicker ticker = new FakeTicker();
    FakeMessageQueue queue = new FakeMessageQueue(() -> 0);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    WorkerParts parts =
        new WorkerParts(
            WorkerSettings.read(settings, 1L << 30),
            queue,
            new FakeMessageQueue(() -> 0),
            store,
            spans.tracing(),
            registry,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
            ticker);
    HeldBatch batch = traced();
    parts.rolls.reserve(batch.heldBytes());
    parts.rolls.add(batch);
    parts.rolls.end();
    parts.uploader.runOnce();

    assertThat(registry.get("millrace.worker.batches.stored").counter().count()).isEqualTo(1);
  }

  private HeldBatch traced() {
    List<String> lines =
        List.of(line(1, 0, "token-of-one", "{}"), line(1, 1, "token-of-one", "{}"));
    HeldBatch batch = batch(1, OPENED, Codec.ZSTD, lines);
    return new HeldBatch(
        batch.header(),
        batch.frame(),
        batch.receiptHandle(),
        batch.claim(),
        spans.request().traceparent());
  }
}
