package io.millrace.web.http;

import io.javalin.config.JettyConfig;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** What the edge sets of Jetty, beside Javalin's own choices. */
final class JettySetup {
  /**
   * Longer than a balancer's (an ALB's is 60 s), which otherwise meets a connection just closed.
   */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

  /** How long answers under way may take to be written at the end. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Connections that wait to be accepted; many endpoints may come at once. */
  private static final int ACCEPT_QUEUE = 1024;

  private JettySetup() {}

  static void apply(JettyConfig jetty, int port, Handler handler) {
    jetty.modifyServer(server -> server(server, handler));
    jetty.addConnector((server, http) -> connector(server, http, port));
    jetty.modifyHttpConfiguration(JettySetup::http);
  }

  static void server(Server server, Handler handler) {
    server.setHandler(new GracefulHandler(handler));
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
    server.setErrorHandler(JettyProblems::answer);
  }

  private static void http(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setHeaderCacheSize(0); // takes 100 KB a connection, and connections may be many
  }

  private static Connector connector(Server server, HttpConfiguration http, int port) {
    Executor executor = new InPlace(server.getThreadPool());
    ServerConnector connector =
        new ServerConnector(server, executor, null, null, -1, -1, new HttpConnectionFactory(http));
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    return connector;
  }
}
