package io.millrace.web.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.millrace.admin.Health;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the web tier: its routes, and the answers where no route matches.
 *
 * <p>Thread-safe; whoever starts it closes it, after all collections have been answered.
 */
public final class HttpEdge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
  private static final String COLLECTIONS = "/v1/collections";

  /** What each path takes, for answers to other methods. */
  private static final Map<String, String> ALLOW =
      Map.of(
          COLLECTIONS,
          "POST",
          "/health/live",
          "GET, HEAD",
          "/health/ready",
          "GET, HEAD",
          "/openapi.yaml",
          "GET, HEAD");

  /** Javalin allocates so much for each answer; its default is 32 KiB. */
  private static final int ANSWER_BYTES = 512;

  private static final String TEXT = "text/plain; charset=utf-8";

  private final Answers answers;
  private final CollectionHandler collections;
  private final Health health;
  private final byte[] contract;
  private final Javalin javalin;
  private volatile boolean draining;

  private HttpEdge(int port, Answers answers, CollectionHandler collections, Health health) {
    this.answers = answers;
    this.collections = collections;
    this.health = health;
    this.contract = contract();
    this.javalin = Javalin.create(config -> configure(config, port));
  }

  /**
   * Starts to listen on all interfaces.
   *
   * @param port 0 for any free one, see {@link #port}
   * @throws UncheckedIOException if the port is taken
   */
  public static HttpEdge start(int port, EdgeLimits limits, EdgeParts parts) {
    Answers answers =
        new Answers(
            parts.metrics(), new RetryAfter(parts.budget(), parts.drainRate(), parts.ticker()));
    HttpEdge edge =
        new HttpEdge(port, answers, CollectionHandler.of(limits, parts, answers), parts.health());
    try {
      edge.javalin.start();
    } catch (JavalinBindException e) {
      throw new UncheckedIOException(
          "can't listen on port " + port + ": " + e.getMessage(), new IOException(e));
    }
    return edge;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** From now on every answer asks the client to close its connection. */
  public void drain() {
    draining = true;
  }

  /** Stops listening, waits until answers under way have been written, and ends. */
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config, int port) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.responseBufferSize = ANSWER_BYTES;
    JettySetup.apply(config.jetty, port);
    routes(config.routes);
  }

  private void routes(RoutesConfig routes) {
    routes.before(this::askToClose);
    read(routes, "/health/live", ctx -> ctx.contentType(TEXT).result(Health.State.READY.text()));
    read(routes, "/health/ready", this::ready);
    read(routes, "/openapi.yaml", ctx -> ctx.contentType("application/yaml").result(contract));
    routes.post(COLLECTIONS, collections::handle);
    routes.exception(
        ProblemException.class, (e, ctx) -> answers.problem(ctx, e.type(), e.detail()));
    routes.exception(HttpResponseException.class, (e, ctx) -> noRoute(ctx));
    routes.exception(IOException.class, (e, ctx) -> cutOff(ctx));
    routes.exception(Exception.class, (e, ctx) -> failed(ctx, e));
  }

  private static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void askToClose(Context ctx) {
    if (draining) {
      ctx.header("Connection", "close");
    }
  }

  private void ready(Context ctx) {
    Health.State state = health.state();
    ctx.status(state == Health.State.READY ? 200 : 503).contentType(TEXT).result(state.text());
  }

  private void noRoute(Context ctx) {
    String path = ctx.path();
    String allow = ALLOW.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    if (allow == null) {
      answers.problem(
          ctx, ProblemType.NOT_FOUND, "nothing is at this path; POST to " + COLLECTIONS);
    } else {
      ctx.header("Allow", allow);
      answers.problem(ctx, ProblemType.METHOD_NOT_ALLOWED, "this path takes only " + allow);
    }
  }

  /** The client or the network broke off; mostly nobody reads this. */
  private void cutOff(Context ctx) {
    answers.problem(ctx, ProblemType.NOT_JSON, "the body was cut off");
  }

  private void failed(Context ctx, Exception e) {
    String instance =
        answers.problem(ctx, ProblemType.INTERNAL_ERROR, "this is a fault of the server");
    LOG.error("A request failed; its answer is {}", instance, e);
  }

  private static byte[] contract() {
    try (InputStream in = HttpEdge.class.getResourceAsStream("/openapi.yaml")) {
      return Objects.requireNonNull(in, "openapi.yaml is not on the class path").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.yaml can't be read", e);
    }
  }
}
