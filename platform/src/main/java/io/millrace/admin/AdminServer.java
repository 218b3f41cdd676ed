package io.millrace.admin;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    server.createContext("/", new AdminPages(health, metrics));
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
}
