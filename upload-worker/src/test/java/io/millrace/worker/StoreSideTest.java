package io.millrace.worker;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.object.FakeObjectStore;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.trace.RecordedSpans;
import io.millrace.worker.roll.CloseCause;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.store.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoreSideTest {
  private final FakeObjectStore store = new FakeObjectStore();
  private final RecordedSpans spans = new RecordedSpans();

  @Test
  void layout_rolled_hasASpanForEachCall() throws InterruptedException {
    write(Map.of("BUCKET", "telemetry"));

    assertThat(spans.names()).containsExactly("PUT", "LIST", "PUT", "roll", "store");
  }

  @Test
  void layout_payload_hasNeitherASpanForEachPayloadNorATokenInAny() throws InterruptedException {
    write(
        Map.of(
            "BUCKET", "telemetry", "OBJECT_LAYOUT", "payload", "OBJECT_FOLDER", "{hour}/{token}"));

    assertThat(store.keys()).hasSize(2).allMatch(key -> key.contains("/token-of-one/"));
    assertThat(spans.names()).containsExactly("roll", "store");
    assertThat(spans.of("store").get(0).attributes()).containsEntry("millrace.payloads", "2");
  }

  private void write(Map<String, String> settings) throws InterruptedException {
    Backoff backoff =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1), new FakeTicker());
    StoreSide side =
        StoreSide.wire(
            WorkerSettings.read(settings, 1L << 30),
            store,
            new Gate(4),
            backoff,
            new StoreSide.Watch(new SimpleMeterRegistry(), spans.tracing()));
    RollKey key = new RollKey(Hour.of(OPENED), Codec.ZSTD);

    assertThat(
            side.layout()
                .write(new ClosedRoll(key, List.of(traced()), CloseCause.AGE, OPENED))
                .written())
        .hasSize(1);
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
