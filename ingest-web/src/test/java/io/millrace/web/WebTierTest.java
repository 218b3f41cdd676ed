package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.config.ConfigurationException;
import io.millrace.queue.FakeMessageQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebTierTest {
  private final FakeMessageQueue queue = new FakeMessageQueue(System::currentTimeMillis);

  @Test
  void start_maxMessageBytesOfTheQueue_starts() {
    try (Edge edge = Edge.start(queue, Map.of("MAX_MESSAGE_BYTES", "262144"))) {
      assertThat(edge.tier().port()).isPositive();
    }
  }

  @Test
  void start_maxMessageBytesBeyondTheQueue_isRefusedNamingBoth() {
    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> Edge.start(queue, Map.of("MAX_MESSAGE_BYTES", "262145")));

    assertThat(refusal.faults())
        .containsExactly(
            "MAX_MESSAGE_BYTES must be at most 262144 bytes, the MaximumMessageSize of queue"
                + " millrace, but is 262145");
  }

  @Test
  void start_portTaken_leavesNoThreadOfTracesBehind() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Map<String, String> settings =
          Map.of(
              "PORT",
              Integer.toString(taken.getLocalPort()),
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              "http://127.0.0.1:1");
      assertThatThrownBy(() -> Edge.start(queue, settings))
          .isInstanceOf(UncheckedIOException.class);
    }

    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("BatchSpanProcessor")));
  }

  @Test
  void start_queueTellsNoSize_takesTheSetting() {
    queue.tellNoMaxMessageBytes();
    try (Edge edge = Edge.start(queue, Map.of("MAX_MESSAGE_BYTES", "1048576"))) {
      assertThat(edge.tier().port()).isPositive();
    }
  }
}
