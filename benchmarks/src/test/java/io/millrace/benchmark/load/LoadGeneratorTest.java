package io.millrace.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.CollectionBody;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.body.GeneratedBodies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, against a small server; no time is asserted. */
class LoadGeneratorTest {
  private static final List<CollectionBody> BODIES =
      GeneratedBodies.make(new BodySpec(50, 100_000, 4, Encoding.NONE, 1));

  private final Set<String> received = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private HttpServer server;
  private volatile int status = 202;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/collections",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] answer = "{\"accepted\":4}".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void start_openLoop_sendsEveryTurnAndEnds() throws Exception {
    LoadCounts counts = run(plan(500));

    assertThat(counts.sent() + counts.unsent()).isEqualTo(500);
    assertThat(counts.answered202()).isEqualTo(counts.sent());
    assertThat(counts.accepted()).isEqualTo(4 * counts.sent());
    assertThat(counts.broken() + counts.unanswered()).isZero();
    assertThat(received)
        .isSubsetOf(
            BODIES.stream().map(b -> new String(b.bytes(), UTF_8)).collect(Collectors.toSet()));
  }

  @Test
  void start_closedLoop_sendsAllBodies() throws Exception {
    LoadCounts counts = run(plan(0));

    assertThat(counts.answered202()).isEqualTo(counts.sent()).isPositive();
    assertThat(counts.unsent()).isZero();
  }

  @Test
  void start_refusals_areCountedByStatus() throws Exception {
    status = 503;

    LoadCounts counts = run(plan(500));

    assertThat(counts.byStatus()).containsOnlyKeys(503);
    assertThat(counts.answered202()).isZero();
  }

  private LoadPlan plan(double perSecond) {
    return new LoadPlan(
        List.of(server.getAddress()), 5, 2, perSecond, Duration.ZERO, Duration.ofSeconds(1));
  }

  private static LoadCounts run(LoadPlan plan) throws Exception {
    Requests requests = Requests.post("/v1/collections", BODIES, Encoding.NONE);
    try (LoadGenerator load = LoadGenerator.start(plan, requests)) {
      load.awaitEnd();
      return load.counts();
    }
  }
}
