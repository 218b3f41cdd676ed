package io.millrace.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.admin.Health;
import io.millrace.config.SettingsReader;
import io.millrace.run.Fault;
import io.millrace.time.FakeTicker;
import io.millrace.trace.TraceSettings;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.batch.PackerLimits;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.RetryAfter;
import io.millrace.web.http.body.BodyLimits;
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
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

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

  EdgeServer(Executor lane, Function<Exchange.Parts, Handler> handler) throws Exception {
    JettySetup.server(server, handler.apply(parts(lane)), new JettyProblems(metrics)::answer);
    server.addConnector(
        JettySetup.connector(
            server,
            new HttpConfiguration(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            lane,
            each -> new ConnectionWatch(each, MAX_CONNECTIONS, budget, ticker, metrics)));
    server.start();
  }

  private Exchange.Parts parts(Executor lane) {
    BatchQueue batches =
        new BatchQueue(
            new PackerLimits(1 << 16, Duration.ZERO, Duration.ofMinutes(1)),
            new BatchNumbers("01ARYZ6S41TSV4RRFFQ69G5FAV"),
            ticker,
            1);
    Duration bodyTime = Duration.ofSeconds(30);
    EdgeLimits limits = new EdgeLimits(MAX_BODY_BYTES, 100, 10_000, bodyTime, MAX_CONNECTIONS);
    EdgeParts parts =
        new EdgeParts(batches, budget, rate, new Health(new Fault()), metrics, TRACING, ticker);
    return new Exchange.Parts(
        new BodyLimits(MAX_BODY_BYTES, bodyTime, ticker),
        budget,
        new Admission(limits, parts),
        new Answers(metrics, new RetryAfter(budget, rate, ticker), new Fault()),
        metrics,
        TRACING,
        lane,
        () -> false);
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
