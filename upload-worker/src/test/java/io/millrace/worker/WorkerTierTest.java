package io.millrace.worker;

import static io.millrace.worker.SampleBatches.OPENED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Codec;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.queue.QueueCounts;
import io.millrace.run.Fault;
import io.millrace.worker.settle.HeldBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerTierTest {
  private static final int BATCHES = 1000;
  private static final long HOUR_MS = 3_600_000;

  private final WaitingQueue queue = new WaitingQueue();
  private final WaitingQueue dead = new WaitingQueue();
  private final FakeObjectStore store = new FakeObjectStore();
  private final DataObjects objects = new DataObjects(store, TestWorker.KEYS);

  private WorkerTier start(String... pairs) {
    return TestWorker.start(queue, dead, store, pairs);
  }

  private List<String> send(int from, int to) {
    List<String> sent = new ArrayList<>();
    for (int seq = from; seq < to; seq++) {
      int number = seq;
      List<String> lines =
          IntStream.range(0, seq % 5)
              .mapToObj(
                  n ->
                      "{\"id\":\""
                          + number
                          + "-"
                          + n
                          + "\",\"text\":\""
                          + "x".repeat(n * 300)
                          + "\"}")
              .toList();
      Codec codec = seq % 3 == 0 ? Codec.GZIP : Codec.ZSTD;
      HeldBatch batch = SampleBatches.batch(seq, OPENED + seq % 2 * HOUR_MS, codec, lines);
      queue.send(SampleBatches.body(batch), Map.of(), Duration.ofSeconds(1));
      sent.addAll(lines);
    }
    return sent;
  }

  @Test
  void run_manyBatches_areInTheObjectsOnceWithExactManifestsAndQueueIsEmpty() throws Exception {
    List<String> sent = send(1, BATCHES / 2);
    try (WorkerTier tier = start()) {
      sent.addAll(send(BATCHES / 2, BATCHES + 1));
      await().until(() -> queue.bodies().isEmpty());
      assertThat(tier.metrics().get("millrace.worker.batches.stored").counter().count())
          .isEqualTo(BATCHES);
      assertThat(tier.metrics().get("millrace.worker.payloads.stored").counter().count())
          .isEqualTo(sent.size());
    }
    assertThat(objects.lines()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(objects.batches()).hasSize(BATCHES).doesNotHaveDuplicates();
    assertThat(dead.bodies()).isEmpty();
  }

  @Test
  void close_underLoad_storesOrHandsBackAndKeepsCount() throws Exception {
    List<String> sent = send(1, BATCHES + 1);
    queue.send("broken", Map.of(), Duration.ofSeconds(1));
    WorkerTier tier = start("ROLL_MAX_AGE_MS", "30000");
    await().until(() -> tier.metrics().get("millrace.worker.held.messages").gauge().value() > 0);
    tier.close();
    tier.close();
    List<String> stored = objects.lines();
    assertThat(stored).doesNotHaveDuplicates();
    assertThat(tier.metrics().get("millrace.worker.held.bytes").gauge().value()).isZero();
    assertThat(tier.metrics().get("millrace.worker.held.messages").gauge().value()).isZero();
    double batches = tier.metrics().get("millrace.worker.batches.stored").counter().count();
    assertThat(batches + dead.bodies().size() + queue.bodies().size()).isEqualTo(BATCHES + 1);
    // What was left is still there for the next worker.
    try (WorkerTier next = start()) {
      await().until(() -> queue.bodies().isEmpty());
      assertThat(next.adminPort()).isPositive();
    }
    assertThat(objects.lines()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(dead.attributes().get(0)).containsEntry("reason", "no header line");
  }

  @Test
  void close_storeFailing_handsEverythingBackInBoundedTime() throws Exception {
    WorkerTier tier = start("PUT_TIMEOUT_MS", "100", "ROLL_MAX_AGE_MS", "1");
    PutResult.Unknown refused = new PutResult.Unknown(new ObjectStoreException("away", 500, null));
    store.answerPuts(key -> true, refused, false);
    send(1, 21);
    await().until(() -> tier.metrics().get("millrace.worker.store.failures").counter().count() > 0);
    tier.close();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(20, 0, 0));
    assertThat(objects.lines()).isEmpty();
    assertThat(tier.metrics().get("millrace.worker.held.bytes").gauge().value()).isZero();
  }

  @Test
  void run_errorInAStage_isNeitherReadyNorLiveAndHandsBackWhatItHolds() throws Exception {
    Fault fault = new Fault();
    WorkerTier tier = TestWorker.start(fault, queue, dead, store, "ROLL_MAX_AGE_MS", "60000");
    send(1, 21);
    await().until(() -> tier.metrics().get("millrace.worker.held.messages").gauge().value() == 20);
    send(21, 22);
    queue.failReceives(new NoClassDefFoundError("a jar is gone"));
    fault.await();
    assertThat(get(tier, "/health/ready")).isEqualTo("failed");
    assertThat(get(tier, "/health/live")).isEqualTo("failed");
    assertThat(tier.metrics().get("millrace.ready").gauge().value()).isZero();
    tier.close();
    assertThat(queue.counts().visible()).isEqualTo(21);
    assertThat(objects.lines()).isEmpty();
  }

  @Test
  void adminPort_running_answersReadyAndMetrics() throws Exception {
    try (WorkerTier tier = start()) {
      assertThat(get(tier, "/health/ready")).isEqualTo("ok");
      assertThat(get(tier, "/metrics"))
          .contains("millrace_worker_messages_received_total 0.0")
          .contains("millrace_worker_held_bytes ")
          .contains("jvm_memory_used_bytes");
    }
  }

  private static String get(WorkerTier tier, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + tier.adminPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void start_adminPortTaken_leavesNoThreadOfTracesBehind() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(
              () -> start("ADMIN_PORT", port, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"))
          .isInstanceOf(UncheckedIOException.class);
    }

    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("BatchSpanProcessor")));
  }

  @Test
  void start_storeThatOverwrites_isRefused() {
    store.ignoreIfNoneMatch();
    assertThatThrownBy(this::start)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("If-None-Match");
  }
}
