package io.millrace.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jetty as the edge sets it up, without a network and without routes. */
class JettyProblemsTest {
  private final Server server = new Server();
  private final LocalConnector connector = new LocalConnector(server);
  private GracefulHandler graceful;

  @BeforeEach
  void start() throws Exception {
    JettySetup.server(server, new DefaultHandler());
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
  }
}
