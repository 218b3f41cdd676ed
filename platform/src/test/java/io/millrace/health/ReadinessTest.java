package io.millrace.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.admin.AdminServer;
import io.millrace.admin.Health;
import io.millrace.run.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadinessTest {
  private static final int TIMEOUT_MS = 10_000;

  /** Enough to connect by loopback, which needs nobody to accept. */
  private static final int SHORT_MS = 500;

  private final Health health = new Health(new Fault());

  @Test
  void ask_ready_is200() throws IOException {
    health.started();

    assertThat(asked()).isEqualTo(Readiness.READY);
  }

  @Test
  void ask_starting_is503() throws IOException {
    assertThat(asked()).isEqualTo("HTTP/1.1 503");
  }

  @Test
  void ask_stopping_is503() throws IOException {
    health.started();
    health.stopping();

    assertThat(asked()).isEqualTo("HTTP/1.1 503");
  }

  @Test
  void ask_nobodyListens_throws() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }

    assertThatThrownBy(() -> Readiness.ask(onLoopback(port), TIMEOUT_MS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void ask_noAnswer_throws() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress tier = onLoopback(silent.getLocalPort());

      assertThatThrownBy(() -> Readiness.ask(tier, SHORT_MS)).hasMessageStartingWith("Read timed");
    }
  }

  private String asked() throws IOException {
    try (AdminServer server =
        AdminServer.start(
            new InetSocketAddress(0),
            health,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
      return Readiness.ask(onLoopback(server.port()), TIMEOUT_MS);
    }
  }

  private static InetSocketAddress onLoopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
