package io.millrace.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What the admin port answers.
 *
 * <p>Thread-safe.
 */
final class AdminPages implements HttpHandler {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
  private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";

  /** Pages of metrics in the making at once: they cost CPU and memory that probes need. */
  private static final int SCRAPES = 2;

  private final Health health;
  private final PrometheusMeterRegistry metrics;
  private final Semaphore scrapes = new Semaphore(SCRAPES);

  AdminPages(Health health, PrometheusMeterRegistry metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  /** The JDK's server would keep an Error to itself. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (Error e) {
      health.fault().report("The admin port", e);
      throw e;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
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
        send(exchange, 200, type, scrape(type));
      }
      default -> send(exchange, 404, TEXT, "not found");
    }
  }

  /** Whoever is evicted while it waits for its turn is interrupted. */
  private String scrape(String type) throws IOException {
    try {
      scrapes.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("evicted");
    }
    try {
      return metrics.scrape(type);
    } finally {
      scrapes.release();
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
