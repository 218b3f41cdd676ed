package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
  private final Health health = new Health();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AdminServer server = AdminServer.start(0, health, metrics);
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
  void live_whileStopping_is200() throws Exception {
    health.stopping();

    assertAnswer(ask("GET", "/health/live"), 200, "ok");
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
    assertThatThrownBy(() -> AdminServer.start(server.port(), health, metrics))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("admin port " + server.port());
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String text) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(text);
  }
}
