package io.millrace.benchmark.article;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.millrace.object.ObjectStore;
import java.io.IOException;

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

  private final Counts counts = new Counts();
  private final Handoff handoff;
  private final Javalin javalin;

  private ArticleServer(Design design, ArticleSettings settings, ObjectStore store) {
    handoff = design.start(new Uploads(store, counts), settings);
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.maxRequestSize = MAX_BODY_BYTES;
              config.routes.post(COLLECTIONS, this::take);
              config.routes.get("/metrics", ctx -> ctx.result(counts.text()));
              for (HandlerType other : HandlerType.values()) {
                if (other.isHttpMethod() && other != HandlerType.POST) {
                  config.routes.addHttpHandler(other, COLLECTIONS, ctx -> ctx.status(405));
                }
              }
            });
  }

  /**
   * Starts it.
   *
   * @param store whom it belongs to stays
   */
  static ArticleServer start(Design design, ArticleSettings settings, ObjectStore store) {
    ArticleServer server = new ArticleServer(design, settings, store);
    server.javalin.start(settings.port());
    return server;
  }

  int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    handoff.close();
  }

  private void take(Context ctx) throws InterruptedException {
    JsonNode collection;
    try {
      collection = JSON.readTree(ctx.bodyAsBytes());
    } catch (IOException e) {
      ctx.status(400);
      return;
    }
    JsonNode data = collection.path("data");
    if (!data.isArray()) {
      ctx.status(400);
      return;
    }
    String folder = collection.path("token").asText();
    for (JsonNode payload : data) {
      counts.taken();
      handoff.accept(new Job(folder, payload));
    }
    ctx.status(200);
  }
}
