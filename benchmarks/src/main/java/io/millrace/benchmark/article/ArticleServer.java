package io.millrace.benchmark.article;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.admin.AdminServer;
import io.millrace.admin.Health;
import io.millrace.object.ObjectStore;
import io.millrace.run.Fault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The article's web process: reads a body, decodes it, hands its payloads on and answers 200, with
 * nothing stored yet. Anything but POST is 405, what can't be decoded 400.
 *
 * <p>Thread-safe; whoever starts it closes it.
 */
final class ArticleServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BODY_BYTES = 1 << 20;
  private static final String COLLECTIONS = "/v1/collections";
  private static final List<HandlerType> OTHERS =
      List.of(HandlerType.GET, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE);

  private final Counts counts;
  private final Handoff handoff;
  private final AdminServer admin;
  private final Javalin javalin;

  private ArticleServer(Design design, ArticleSettings settings, ObjectStore store) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    counts = new Counts(registry);
    admin =
        AdminServer.start(
            new InetSocketAddress(settings.adminPort()), new Health(new Fault()), registry);
    handoff = design.start(new Uploads(store, counts), settings);
    javalin = edge(this::take);
  }

  /**
   * Starts it.
   *
   * @param store stays the caller's
   */
  static ArticleServer start(Design design, ArticleSettings settings, ObjectStore store) {
    ArticleServer server = new ArticleServer(design, settings, store);
    server.javalin.start(settings.port());
    return server;
  }

  int port() {
    return javalin.port();
  }

  /** The port of metrics, which answers even when all handlers wait. */
  int adminPort() {
    return admin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    handoff.close();
    admin.close();
  }

  private static Javalin edge(Handler take) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.maxRequestSize = MAX_BODY_BYTES;
          config.routes.post(COLLECTIONS, take);
          for (HandlerType other : OTHERS) {
            config.routes.addHttpHandler(other, COLLECTIONS, ctx -> ctx.status(405));
          }
        });
  }

  private void take(Context ctx) throws InterruptedException {
    JsonNode data;
    String folder;
    try {
      JsonNode collection = JSON.readTree(ctx.bodyAsBytes());
      data = collection.path("data");
      folder = collection.path("token").asText();
    } catch (IOException e) {
      ctx.status(400);
      return;
    }
    if (!data.isArray() || folder.isEmpty()) {
      ctx.status(400);
      return;
    }
    for (JsonNode payload : data) {
      counts.taken();
      handoff.accept(new Job(folder, payload));
    }
    ctx.status(200);
  }
}
