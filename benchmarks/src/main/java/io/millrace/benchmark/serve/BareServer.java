package io.millrace.benchmark.serve;

import io.javalin.Javalin;
import io.javalin.http.Context;

/**
 * The reference: what Javalin costs by itself. A handler that reads the body and answers 202, on
 * Javalin's own choices, but for the start's messages.
 */
final class BareServer {
  private BareServer() {}

  /** Starts it on any free port. */
  static Javalin start(int port) {
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.http.maxRequestSize = Long.MAX_VALUE;
              config.routes.post("/v1/collections", BareServer::answer);
            })
        .start(port);
  }

  private static void answer(Context ctx) {
    ctx.bodyAsBytes();
    ctx.status(202);
  }
}
