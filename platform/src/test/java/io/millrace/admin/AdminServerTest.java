package io.millrace.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.run.Fault;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private static final InetSocketAddress ANY_PORT = new InetSocketAddress(0);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Fault fault = new Fault();
  private final Health health = new Health(fault);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AdminServer server = AdminServer.start(ANY_PORT, health, metrics);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void ready_overTheLifeOfAProcess_is200OnlyInBetween() throws Exception {
    assertAnswer(ask("GET", "/health/ready"), 503, "starting");
    health.started();
    assertAnswer(ask("GET", "/health/ready"), 200, "ok");
    health.stopping();
    assertAnswer(ask("GET", "/health/ready"), 503, "stopping");
    health.started();
    assertAnswer(ask("GET", "/health/ready"), 503, "stopping");
  }

  @Test
  void probes_afterAFault_areBoth503() throws Exception {
    health.started();
    fault.report("a thread", new NoClassDefFoundError("a jar is gone"));

    assertAnswer(ask("GET", "/health/live"), 503, "failed");
    assertAnswer(ask("GET", "/health/ready"), 503, "failed");
    health.stopping();
    assertAnswer(ask("GET", "/health/ready"), 503, "failed");
  }

  @Test
  void live_whileStopping_is200() throws Exception {
    health.stopping();

    assertAnswer(ask("GET", "/health/live"), 200, "ok");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 50, 300})
  void live_whileManyRequestsCameOnlyByHalf_is200(int many) throws Exception {
    List<Socket> half = opened(many, "GET /metrics HTTP/1.1\r\nHo");
    try {
      for (int i = 0; i < 20; i++) {
        assertAnswer(ask("GET", "/health/live"), 200, "ok");
      }
    } finally {
      closeAll(half);
    }
  }

  @Test
  void live_whileManyDoNotReadTheirAnswers_is200() throws Exception {
    metrics.counter("millrace.test", "text", "x".repeat(1 << 20)).increment();
    List<Socket> readers = opened(50, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20));
    try {
      for (int i = 0; i < 20; i++) {
        assertAnswer(ask("GET", "/health/live"), 200, "ok");
      }
    } finally {
      closeAll(readers);
    }
  }

  @Test
  void connection_requestNeverComes_isClosedByItself() throws Exception {
    List<Socket> halves = new ArrayList<>();
    for (String sent : List.of("", "G", "GET /metrics HTTP/1.1\r\nHo")) {
      halves.addAll(opened(1, sent)); // together, as each takes the server's real 5 s
    }
    try {
      for (Socket half : halves) {
        half.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
        assertThat(half.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      closeAll(halves);
    }
  }

  @Test
  void start_oneAddress_isNotAtTheOthers() throws Exception {
    InetSocketAddress one = new InetSocketAddress("127.0.0.2", 0);
    try (AdminServer there = AdminServer.start(one, health, metrics)) {
      new Socket(one.getAddress(), there.port()).close();

      assertThatThrownBy(() -> new Socket(LOOPBACK, there.port()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  private List<Socket> opened(int many, String sent) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      Socket socket = new Socket(LOOPBACK, server.port());
      socket.getOutputStream().write(sent.getBytes(US_ASCII));
      sockets.add(socket);
    }
    return sockets;
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void metrics_counter_isInPrometheusText() throws Exception {
    metrics.counter("millrace.test").increment(3);

    HttpResponse<String> answer = ask("GET", "/metrics");

    assertThat(answer.body()).contains("millrace_test_total 3.0");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void metrics_openMetricsAccepted_hasTheTraceOfAValue() throws Exception {
    PrometheusMeterRegistry traced =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new OneSpan());
    try (AdminServer other = AdminServer.start(ANY_PORT, health, traced)) {
      Timer.builder("millrace.test")
          .serviceLevelObjectives(Duration.ofSeconds(1))
          .register(traced)
          .record(Duration.ofMillis(1));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + other.port() + "/metrics"))
              .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
              .build();

      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/openmetrics-text; version=1.0.0");
      assertThat(answer.body())
          .containsPattern("millrace_test_seconds_bucket.*# \\{.*trace_id=\"abc\"")
          .endsWith("# EOF\n");
    }
  }

  private record OneSpan() implements SpanContext {
    @Override
    public String getCurrentTraceId() {
      return "abc";
    }

    @Override
    public String getCurrentSpanId() {
      return "def";
    }

    @Override
    public boolean isCurrentSpanSampled() {
      return true;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
      // Nothing to keep.
    }
  }

  @Test
  void get_otherPath_is404() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "HEAD"})
  void metrics_otherMethod_is405WithAllow(String method) throws Exception {
    HttpResponse<String> answer = ask(method, "/metrics");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void start_portTaken_namesIt() {
    assertThatThrownBy(
            () -> AdminServer.start(new InetSocketAddress(server.port()), health, metrics))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("port " + server.port())
        .hasMessageContaining("--admin-port");
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_TIMEOUT)
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String text) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(text);
  }
}
