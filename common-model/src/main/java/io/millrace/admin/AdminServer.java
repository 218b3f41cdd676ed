package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health/live} (503 after a fault), {@code /health/ready} (503 unless started and not
 * stopping) and {@code /metrics} (Prometheus' text, or OpenMetrics to whoever accepts it, which has
 * exemplars).
 *
 * <p>No peer keeps another from its answer: a request has {@value #DEADLINE_SECONDS} s to come, and
 * its answer as long to be read; whoever takes a thread longer than {@value #THREADS} others lose
 * theirs first ({@link AdminThreads}), and a connection that says nothing is closed.
 *
 * <p>Thread-safe; whoever opens it closes it.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
  private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";

  /** Requests that come, and answers that leave, at once. */
  private static final int THREADS = 16;

  /** For a request to come, for an answer to be read, and for the first byte of a connection. */
  private static final int DEADLINE_SECONDS = 5;

  /** Files that this port may take of the process's; all but a few of them are silent. */
  private static final int MAX_CONNECTIONS = 1000;

  private static final int BACKLOG = 128;

  static {
    // The JDK's server has no other way to be told, and reads it once, when the first one is made.
    set("sun.net.httpserver.maxReqTime", DEADLINE_SECONDS);
    set("sun.net.httpserver.maxRspTime", DEADLINE_SECONDS);
    set("sun.net.httpserver.clockTick", 1000); // ms, between two looks for silent connections
    set("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
  }

  private final HttpServer server;
  private final AdminThreads threads;

  private AdminServer(HttpServer server, AdminThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen.
   *
   * @param address where to; a port of 0 is any free one, see {@link #port}
   * @throws java.io.UncheckedIOException if the port is taken, or the address is none of this
   *     machine's
   */
  public static AdminServer start(
      InetSocketAddress address, Health health, PrometheusMeterRegistry metrics) {
    HttpServer server;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw ListenAddress.refused(address, "--admin-port", e);
    }
    server.createContext("/", exchange -> answerOrFail(exchange, health, metrics));
    AdminThreads threads = new AdminThreads(THREADS);
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
    threads.close();
  }

  /** An operator's own choice, as a system property, holds. */
  private static void set(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /** The JDK's server would keep an Error to itself. */
  private static void answerOrFail(
      HttpExchange exchange, Health health, PrometheusMeterRegistry metrics) throws IOException {
    try {
      answer(exchange, health, metrics);
    } catch (Error e) {
      health.fault().report("The admin port", e);
      throw e;
    }
  }

  private static void answer(HttpExchange exchange, Health health, PrometheusMeterRegistry metrics)
      throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      send(exchange, 405, TEXT, "only GET");
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/health/live" -> {
        Health.State state = health.isLive() ? Health.State.READY : Health.State.FAILED;
        send(exchange, health.isLive() ? 200 : 503, TEXT, state.text());
      }
      case "/health/ready" -> {
        Health.State state = health.state();
        send(exchange, state == Health.State.READY ? 200 : 503, TEXT, state.text());
      }
      case "/metrics" -> {
        String type = metricsType(exchange);
        send(exchange, 200, type, metrics.scrape(type));
      }
      default -> send(exchange, 404, TEXT, "not found");
    }
  }

  private static String metricsType(HttpExchange exchange) {
    List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
    return accepted.stream().anyMatch(each -> each.contains(OPEN_METRICS_TYPE))
        ? OPEN_METRICS
        : PROMETHEUS;
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
