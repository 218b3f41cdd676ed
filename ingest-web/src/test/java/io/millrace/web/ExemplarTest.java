package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.queue.FakeMessageQueue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a bucket of the latency of the 202 to the trace of a request in it. */
class ExemplarTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String ONE = "{\"version\":\"1\",\"token\":\"t\",\"data\":[{}]}";

  private final FakeMessageQueue queue = new FakeMessageQueue(System::currentTimeMillis);
  private HttpServer collector;

  @BeforeEach
  void start() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void post_traced_isTheExemplarOfItsLatency() throws Exception {
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (Edge edge = Edge.start(queue, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint))) {
      String traceparent = "00-" + TRACE + "-00f067aa0ba902b7-01";
      HttpRequest post =
          edge.post(
              ONE.getBytes(UTF_8), "Content-Type", "application/json", "traceparent", traceparent);
      assertThat(edge.send(post).statusCode()).isEqualTo(202);

      URI metrics = URI.create("http://localhost:" + edge.tier().adminPort() + "/metrics");
      HttpRequest scrape =
          HttpRequest.newBuilder(metrics).header("Accept", "application/openmetrics-text").build();
      assertThat(edge.send(scrape).body())
          .containsPattern(
              "millrace_web_accept_duration_seconds_bucket.*# \\{.*trace_id=\"" + TRACE + "\"");
    }
  }

  @Test
  void post_tracesAreOff_leavesTheMessageWithoutAttributes() throws Exception {
    try (Edge edge = Edge.start(queue, Map.of())) {
      String traceparent = "00-" + TRACE + "-00f067aa0ba902b7-01";
      HttpRequest post =
          edge.post(
              ONE.getBytes(UTF_8), "Content-Type", "application/json", "traceparent", traceparent);
      assertThat(edge.send(post).statusCode()).isEqualTo(202);

      assertThat(queue.receive(1, Duration.ZERO, Duration.ofSeconds(1)).get(0))
          .satisfies(message -> assertThat(message.attributes()).isEmpty());
    }
  }
}
