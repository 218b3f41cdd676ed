package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health/live}, {@code /health/ready} (503 unless started and not stopping) and {@code
 * /metrics} (Prometheus text).
 *
 * <p>Thread-safe; whoever opens it closes it.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /** A request that comes only by half holds one of them; probes need another. */
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;

  private AdminServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen on all interfaces.
   *
   * @param port 0 for any free one, see {@link #port}
   * @throws UncheckedIOException if the port is taken
   */
  public static AdminServer start(int port, Health health, PrometheusMeterRegistry metrics) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can't listen on admin port " + port + ": " + e.getMessage(), e);
    }
    server.createContext("/", exchange -> answer(exchange, health, metrics));
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread admin = new Thread(task, "admin");
              admin.setDaemon(true);
              return admin;
            });
    server.setExecutor(threads);
    server.start();
    LOG.info("Health and metrics on port {}", server.getAddress().getPort());
    return new AdminServer(server, threads);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void answer(HttpExchange exchange, Health health, PrometheusMeterRegistry metrics)
      throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      send(exchange, 405, TEXT, "only GET");
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/health/live" -> send(exchange, 200, TEXT, Health.State.READY.text());
      case "/health/ready" -> {
        Health.State state = health.state();
        send(exchange, state == Health.State.READY ? 200 : 503, TEXT, state.text());
      }
      case "/metrics" -> send(exchange, 200, PROMETHEUS, metrics.scrape());
      default -> send(exchange, 404, TEXT, "not found");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
    try (exchange) {
      if (hasBody) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
