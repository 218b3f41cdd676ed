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
import io.millrace.config.ListenAddress;
import io.millrace.trace.Tracing;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.ProblemType;
import io.millrace.web.http.body.BodyLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of the web tier: its routes, and the answers where no route matches.
 *
 * <p>Thread-safe; whoever starts it closes it, after all collections have been answered.
 */
public final class HttpEdge implements AutoCloseable {

  /** What each path takes, for answers to other methods. */
  private static final Map<String, String> ALLOW =
      Map.of(
          CollectionHandler.PATH,
          "POST",
          "/health/live",
          "GET, HEAD",
          "/health/ready",
          "GET, HEAD",
          "/openapi.yaml",
          "GET, HEAD");

  /** Of Jetty's pool, as Javalin has it by itself. */
  private static final int MAX_THREADS = 250;

  private static final int MIN_THREADS = 8;

  /**
   * Threads that end in a minute in which the pool needed no new one; Jetty's own choice, one,
   * takes four hours to give back the stacks of a crowd.
   */
  private static final int EVICTED_A_MINUTE = 120;

  /** Routes that may block at once, while a client does not read; the pool has others left. */
  private static final int MAX_ROUTES = 64;

  private static final String TEXT = "text/plain; charset=utf-8";

  private final Answers answers;
  private final Health health;
  private final byte[] contract;
  private final Javalin javalin;

  private HttpEdge(
      InetSocketAddress address,
      BodyLimits bodies,
      Admission admission,
      Answers answers,
      ConnectionWatch watch,
      Health health,
      EdgeMetrics metrics,
      Tracing tracing) {
    this.answers = answers;
    this.health = health;
    contract = contract();
    QueuedThreadPool pool = pool();
    Lane lane = new Lane(pool, Runtime.getRuntime().availableProcessors());
    Lane blocking = new Lane(pool, MAX_ROUTES);
    CollectionHandler collections =
        new CollectionHandler(bodies, admission, answers, tracing, lane, blocking);
    JettyProblems problems = new JettyProblems(metrics);
    javalin =
        Javalin.create(
            config -> {
              quiet(config);
              config.jetty.threadPool = pool;
              JettySetup.apply(config.jetty, address, collections, problems::answer, lane, watch);
              routes(config.routes);
            });
  }

  /**
   * Starts to listen.
   *
   * @param address where to; a port of 0 is any free one, see {@link #port}
   * @param bodies what a body may take
   * @param admission takes the collections
   * @param watch of this edge's connections alone
   * @param health what the probes tell
   * @param tracing makes the spans of requests
   * @throws UncheckedIOException if the port is taken, or the address is none of this machine's
   */
  public static HttpEdge start(
      InetSocketAddress address,
      BodyLimits bodies,
      Admission admission,
      Answers answers,
      ConnectionWatch watch,
      Health health,
      EdgeMetrics metrics,
      Tracing tracing) {
    HttpEdge edge =
        new HttpEdge(address, bodies, admission, answers, watch, health, metrics, tracing);
    try {
      edge.javalin.start();
    } catch (JavalinBindException e) {
      throw ListenAddress.refused(address, "--port", new IOException("the port is in use", e));
    }
    return edge;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** From now on every answer asks the client to close its connection. */
  public void drain() {
    answers.drain();
  }

  /** Stops listening, waits until answers under way have been written, and ends. */
  @Override
  public void close() {
    javalin.stop();
  }

  /** Grows with a crowd, and is as small as before within three quiet minutes after it. */
  static QueuedThreadPool pool() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    pool.setName("edge");
    pool.setIdleTimeout((int) Duration.ofMinutes(1).toMillis());
    pool.setMaxEvictCount(EVICTED_A_MINUTE);
    return pool;
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
  }

  private void routes(RoutesConfig routes) {
    routes.before(this::askToClose);
    read(routes, "/health/live", this::live);
    read(routes, "/health/ready", this::ready);
    read(routes, "/openapi.yaml", ctx -> ctx.contentType("application/yaml").result(contract));
    routes.exception(HttpResponseException.class, (e, ctx) -> noRoute(ctx));
    routes.exception(Exception.class, (e, ctx) -> answers.failure(e).to(ctx));
  }

  private static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void askToClose(Context ctx) {
    if (answers.isDraining()) {
      ctx.header("Connection", "close");
    }
  }

  private void live(Context ctx) {
    Health.State state = health.isLive() ? Health.State.READY : Health.State.FAILED;
    ctx.status(health.isLive() ? 200 : 503).contentType(TEXT).result(state.text());
  }

  private void ready(Context ctx) {
    Health.State state = health.state();
    ctx.status(state == Health.State.READY ? 200 : 503).contentType(TEXT).result(state.text());
  }

  private void noRoute(Context ctx) {
    String path = ctx.path();
    String allow = ALLOW.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    if (allow == null) {
      answers
          .problem(
              ProblemType.NOT_FOUND, "nothing is at this path; POST to " + CollectionHandler.PATH)
          .to(ctx);
    } else {
      ctx.header("Allow", allow);
      answers.problem(ProblemType.METHOD_NOT_ALLOWED, "this path takes only " + allow).to(ctx);
    }
  }

  private static byte[] contract() {
    try (InputStream in = HttpEdge.class.getResourceAsStream("/openapi.yaml")) {
      return Objects.requireNonNull(in, "openapi.yaml is not on the class path").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.yaml can't be read", e);
    }
  }
}
