package io.millrace.worker;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.SampleBatches.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Codec;
import io.millrace.object.FakeObjectStore;
import io.millrace.run.Fault;
import io.millrace.worker.settle.HeldBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker as it runs in the layout {@code payload}. */
@Timeout(60)
class PayloadLayoutTest {
  private static final int BATCHES = 1000;
  private static final long HOUR_MS = 3_600_000;

  private final WaitingQueue queue = new WaitingQueue();
  private final WaitingQueue dead = new WaitingQueue();
  private final FakeObjectStore store = new FakeObjectStore();
  private final Map<String, String> expected = new HashMap<>();

  private WorkerTier start() {
    Map<String, String> given =
        Map.of(
            "ADMIN_PORT", "0",
            "BUCKET", "telemetry",
            "KEY_PREFIX", "t/",
            "OBJECT_LAYOUT", "payload",
            "OBJECT_FOLDER", "dt={dt}/hour={hour}/{token}");
    return WorkerTier.start(WorkerSettings.read(given, 1L << 30), queue, dead, store, new Fault());
  }

  private void send() {
    for (int seq = 1; seq <= BATCHES; seq++) {
      List<String> lines = new ArrayList<>();
      String hour = seq % 2 == 0 ? "03" : "04";
      for (int n = 0; n < seq % 5; n++) {
        String payload = "{\"seq\":" + seq + ",\"n\":" + n + "}";
        lines.add(line(seq, n, "token " + n, payload));
        expected.put(
            "t/dt=2026-11-23/hour=%s/token%%20%d/%s-%d-%d".formatted(hour, n, WRITER, seq, n),
            payload);
      }
      Codec codec = seq % 3 == 0 ? Codec.GZIP : Codec.ZSTD;
      HeldBatch batch = SampleBatches.batch(seq, OPENED + seq % 2 * HOUR_MS, codec, lines);
      queue.send(SampleBatches.body(batch), Map.of(), Duration.ofSeconds(1));
    }
  }

  private Map<String, String> stored() {
    Map<String, String> stored = new HashMap<>();
    for (String key : store.keys()) {
      stored.put(key, new String(store.bytes(key), UTF_8));
    }
    stored.remove("t/_probe");
    return stored;
  }

  @Test
  void close_underLoad_leavesWhatTheNextOneStores() {
    send();
    queue.send("broken", Map.of(), Duration.ofSeconds(1));
    WorkerTier tier = start();
    await().until(() -> store.keys().size() > 100);
    tier.close();
    assertThat(tier.metrics().get("millrace.worker.held.bytes").gauge().value()).isZero();
    assertThat(tier.metrics().get("millrace.worker.held.messages").gauge().value()).isZero();
    double batches = tier.metrics().get("millrace.worker.batches.stored").counter().count();
    assertThat(batches + dead.bodies().size() + queue.bodies().size()).isEqualTo(BATCHES + 1);
    assertThat(expected).containsAllEntriesOf(stored());

    try (WorkerTier next = start()) {
      await().until(() -> queue.bodies().isEmpty());
      assertThat(next.metrics().get("millrace.worker.suspects.waiting").gauge().value()).isZero();
    }
    assertThat(stored()).isEqualTo(expected);
    assertThat(dead.bodies()).containsExactly("broken");
  }
}
