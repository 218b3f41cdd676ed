package io.millrace.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.SettingsReader;
import io.millrace.run.ByteBudget;
import io.millrace.run.Fault;
import io.millrace.time.FakeTicker;
import io.millrace.trace.TraceSettings;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.RetryAfter;
import io.millrace.web.http.body.BodyLimits;
import io.millrace.web.parse.CollectionParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty as the edge sets it up, with a handler and a lane of the test's; time stands still, and
 * nobody takes batches.
 *
 * <p>Stopped by the test.
 */
final class EdgeServer {
  static final Tracing TRACING =
      Tracing.open(TraceSettings.read(new SettingsReader(Map.of()), "test"));

  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_CONNECTIONS = 100;

  private final Server server = new Server();
  private final FakeTicker ticker = new FakeTicker();
  private final DrainRate rate = new DrainRate();
  private final ByteBudget budget = new ByteBudget(16 << 20);
  private final EdgeMetrics metrics =
      new EdgeMetrics(new SimpleMeterRegistry(), budget, rate, ticker);

  private final BodyLimits bodies = new BodyLimits(MAX_BODY_BYTES, Duration.ofSeconds(30), ticker);
  private final BatchQueue batches =
      new BatchQueue(
          new BatchQueue.Limits(1 << 16, Duration.ZERO, Duration.ofMinutes(1)),
          new BatchNumbers("01ARYZ6S41TSV4RRFFQ69G5FAV"),
          ticker,
          1);
  private final Admission admission =
      new Admission(bodies, new CollectionParser(100), 10_000, batches, budget, metrics, ticker);
  private final Answers answers =
      new Answers(metrics, new RetryAfter(budget, rate, ticker), ticker, new Fault());
  private final Executor lane;

  EdgeServer(Executor lane, Function<EdgeServer, Handler> handler) throws Exception {
    this.lane = lane;
    JettySetup.server(server, handler.apply(this), new JettyProblems(metrics)::answer);
    server.addConnector(
        JettySetup.connector(
            server,
            new HttpConfiguration(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            lane,
            new ConnectionWatch(MAX_CONNECTIONS, budget, metrics, ticker)));
    server.start();
  }

  CollectionHandler collections() {
    return new CollectionHandler(bodies, admission, answers, TRACING, lane, Runnable::run);
  }

  Exchange exchange(Request request, Response response, Callback callback) {
    return new Exchange(bodies, admission, answers, TRACING, lane, request, response, callback);
  }

  EdgeMetrics metrics() {
    return metrics;
  }

  ByteBudget budget() {
    return budget;
  }

  Socket connect() throws IOException {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  void stop() throws Exception {
    server.stop();
  }
}
