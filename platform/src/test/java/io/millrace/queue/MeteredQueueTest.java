package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeteredQueueTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeMessageQueue behind = new FakeMessageQueue(() -> 0);
  private final MeteredQueue queue = new MeteredQueue(behind, registry);

  @Test
  void send_upTo64KiB_isOneRequestAsBilled() {
    queue.send("x".repeat(65_536), Map.of(), SECOND);

    assertThat(count("requests", "send")).isEqualTo(1);
    assertThat(count("billed.requests", "send")).isEqualTo(1);
    assertThat(count("message.bytes", "send")).isEqualTo(65_536);
  }

  @Test
  void send_oneByteMore_isTwo() {
    queue.send("x".repeat(65_535), Map.of("a", "b"), SECOND);

    assertThat(count("requests", "send")).isEqualTo(1);
    assertThat(count("billed.requests", "send")).isEqualTo(2);
  }

  @Test
  void receive_messagesTogether_areBilledByTheirSum() {
    queue.send("x".repeat(40_000), Map.of(), SECOND);
    queue.send("x".repeat(40_000), Map.of(), SECOND);

    assertThat(queue.receive(10, Duration.ZERO, SECOND)).hasSize(2);

    assertThat(count("requests", "receive")).isEqualTo(1);
    assertThat(count("billed.requests", "receive")).isEqualTo(2);
    assertThat(count("message.bytes", "receive")).isEqualTo(80_000);
  }

  @Test
  void otherCalls_areOneRequestEach() {
    queue.send("x", Map.of(), SECOND);
    String handle = queue.receive(1, Duration.ZERO, SECOND).get(0).receiptHandle();

    queue.changeVisibility(List.of(handle), SECOND);
    assertThat(queue.counts().total()).isEqualTo(1);
    assertThat(queue.delete(List.of(handle))).isEmpty();

    assertThat(count("billed.requests", "visibility")).isEqualTo(1);
    assertThat(count("billed.requests", "attributes")).isEqualTo(1);
    assertThat(count("billed.requests", "delete")).isEqualTo(1);
  }

  @Test
  void receive_failing_isNotCounted() {
    behind.failWith(new QueueException("away", new IllegalStateException()));

    assertThatThrownBy(() -> queue.receive(1, Duration.ZERO, SECOND))
        .isInstanceOf(QueueException.class);

    assertThat(count("requests", "receive")).isZero();
  }

  private double count(String name, String call) {
    return registry.get("millrace.sqs." + name).tag("call", call).counter().count();
  }
}
