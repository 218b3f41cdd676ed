package io.millrace.web.http;

import io.javalin.config.JettyConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** What the edge sets of Jetty, beside Javalin's own choices. */
final class JettySetup {
  /**
   * Longer than a balancer's (an ALB's is 60 s), which otherwise meets a connection just closed.
   */
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

  /** How long answers under way may take to be written at the end. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Connections that wait to be accepted; many endpoints may come at once. */
  private static final int ACCEPT_QUEUE = 1024;

  private JettySetup() {}

  /**
   * @param address to listen to
   * @param lane goes on with connections whose turn is over
   */
  static void apply(
      JettyConfig jetty,
      InetSocketAddress address,
      Handler handler,
      Request.Handler problems,
      Executor lane,
      ConnectionWatch watch) {
    jetty.modifyServer(server -> server(server, handler, problems));
    jetty.addConnector((server, http) -> connector(server, http, address, lane, watch));
    jetty.modifyHttpConfiguration(JettySetup::http);
  }

  static void server(Server server, Handler handler, Request.Handler problems) {
    server.setHandler(new GracefulHandler(handler));
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
    server.setErrorHandler(problems);
  }

  private static void http(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setHeaderCacheSize(0); // takes 100 KB a connection, and connections may be many
  }

  static Connector connector(
      Server server,
      HttpConfiguration http,
      InetSocketAddress address,
      Executor lane,
      ConnectionWatch watch) {
    Executor executor = new SameThreadExecutor(server.getThreadPool(), lane);
    ServerConnector connector =
        new ServerConnector(server, executor, null, null, -1, -1, new EdgeConnections(http));
    if (!address.getAddress().isAnyLocalAddress()) {
      connector.setHost(address.getAddress().getHostAddress());
    }
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    watch.watch(connector);
    return connector;
  }

  /** Makes each connection one of ours. */
  private static final class EdgeConnections extends HttpConnectionFactory {
    EdgeConnections(HttpConfiguration http) {
      super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      return configure(
          new EdgeConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
    }
  }
}
