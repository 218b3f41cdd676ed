package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.run.ByteBudget;
import io.millrace.time.FakeTicker;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.http.answer.EdgeMetrics;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Jetty as the edge sets it up, without a network and without routes. */
class JettyProblemsTest {
  private final Server server = new Server();
  private final EdgeMetrics metrics =
      new EdgeMetrics(
          new SimpleMeterRegistry(), new ByteBudget(1), new DrainRate(), new FakeTicker());
  private final LocalConnector connector = new LocalConnector(server);
  private GracefulHandler graceful;

  @BeforeEach
  void start() throws Exception {
    JettySetup.server(server, new DefaultHandler(), new JettyProblems(metrics)::answer);
    graceful = (GracefulHandler) server.getHandler();
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void answer_requestAtTheVeryEnd_isStopping() throws Exception {
    assertThat(graceful.shutdown()).succeedsWithin(Duration.ofSeconds(10));

    String answer =
        connector.getResponse("POST /v1/collections HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 503 ")
        .contains(
            "Content-Type: application/problem+json\r\n",
            "Connection: close\r\n",
            "\"type\":\"/problems/stopping\"",
            "\"title\":\"Stopping\"",
            "\"status\":503",
            "\"instance\":\"urn:uuid:")
        .containsPattern("Retry-After: [0-9]+\r\n");
    assertThat(metrics.requestsByOutcome()).containsOnly(Map.entry("stopping", 1L));
  }

  /** They warn of single requests, partly in the client's words; the answers are counted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.eclipse.jetty.http.HttpParser",
        "org.eclipse.jetty.server.Request",
        "org.eclipse.jetty.server.Response",
        "org.eclipse.jetty.ee10.servlet.ServletChannel"
      })
  void answer_whateverIsWrong_hasNoLogLine(String logger) {
    assertThat(LoggerFactory.getLogger(logger).isWarnEnabled()).isFalse();
  }

  @Test
  void answer_requestThatIsNoHttp_hasNoTypeOfOurs() throws Exception {
    String answer = connector.getResponse("POST /v1/collections HTTP/7.8\r\n\r\n");

    assertThat(answer)
        .contains(
            "Content-Type: application/problem+json\r\n",
            "\"type\":\"about:blank\"",
            "\"instance\":\"urn:uuid:")
        .doesNotContain("Retry-After", "stopping");
    assertThat(metrics.requestsByOutcome()).containsOnly(Map.entry("bad-request", 1L));
  }
}
