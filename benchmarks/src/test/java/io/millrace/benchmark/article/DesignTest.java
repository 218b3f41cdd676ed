package io.millrace.benchmark.article;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.object.FakeObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DesignTest {
  private static final int MAX_QUEUE = 3;
  private static final ArticleSettings SETTINGS = new ArticleSettings(0, 0, "b", 2, MAX_QUEUE, 2);

  @ParameterizedTest
  @EnumSource
  void accept_eachDesign_storesEveryPayload(Design design) throws Exception {
    FakeObjectStore store = new FakeObjectStore();
    try (Handoff handoff = design.start(uploads(store), SETTINGS)) {
      for (int i = 0; i < 100; i++) {
        handoff.accept(job(i));
      }
      await().until(() -> store.keys().size() == 100);
    }
    Set<JsonNode> stored = new HashSet<>();
    for (String key : store.keys()) {
      assertThat(key).matches("folder-\\d+/\\d{19}");
      assertThat(store.contentType(key)).isEqualTo("application/octet-stream");
      stored.add(json(store.bytes(key)));
    }
    assertThat(stored).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"TASK_PER_PAYLOAD", "JOB_WORKERS"})
  void accept_storeStandsStill_takesMoreThanQueueAndWorkersHold(Design design) throws Exception {
    HeldStore store = new HeldStore();
    try (Handoff handoff = design.start(uploads(store.objects), SETTINGS)) {
      for (int i = 0; i < 1000; i++) {
        handoff.accept(job(i)); // a bound would make this wait for ever
      }
      store.letGo();
      await().until(() -> store.objects.keys().size() == 1000);
    }
  }

  @Test
  void accept_oneConsumerAndFullBuffer_waits() throws Exception {
    HeldStore store = new HeldStore();
    try (Handoff handoff = Design.ONE_CONSUMER.start(uploads(store.objects), SETTINGS)) {
      Thread handler = new Thread(() -> acceptMoreThanFits(handoff));
      handler.start();
      await().until(() -> handler.getState() == Thread.State.WAITING);
      store.letGo();
      handler.join();
      await().until(() -> store.objects.keys().size() == MAX_QUEUE + 10);
    }
  }

  private static void acceptMoreThanFits(Handoff handoff) {
    try {
      for (int i = 0; i < MAX_QUEUE + 10; i++) {
        handoff.accept(job(i));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void upload_keyIsTaken_isCountedAsFailed() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    FakeObjectStore store = new FakeObjectStore();
    Uploads uploads = new Uploads(store, new Counts(registry));
    IntStream.range(0, 50).forEach(i -> uploads.upload(new Job("same", IntNode.valueOf(i))));
    double stored = registry.counter("article.payloads.stored").count();
    double failed = registry.counter("article.payloads.failed").count();
    assertThat(stored).isEqualTo(store.keys().size());
    assertThat(stored + failed).isEqualTo(50);
  }

  private static Uploads uploads(io.millrace.object.ObjectStore store) {
    return new Uploads(store, new Counts(new SimpleMeterRegistry()));
  }

  private static Job job(int number) {
    return new Job("folder-" + number, IntNode.valueOf(number));
  }

  private static JsonNode json(byte[] bytes) throws IOException {
    return new ObjectMapper().readTree(bytes);
  }
}
