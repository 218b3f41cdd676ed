package io.millrace.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.admin.Health;
import io.millrace.run.ByteBudget;
import io.millrace.run.Fault;
import io.millrace.time.FakeTicker;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.RetryAfter;
import io.millrace.web.http.body.BodyLimits;
import io.millrace.web.parse.CollectionParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jetty looks twice a second, at a time that the test moves. */
class ConnectionWatchTest {
  private static final int LIMIT = 16;
  private static final String HEAD =
      "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
  private static final String BODY = "{\"version\":\"v\",\"token\":\"t\",\"data\":[]}";
  private static final String EMPTY = HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
  private static final String ACCEPTED_NONE = "{\"accepted\":0}";
  private static final String BAD = "POST /v1/collections HTTP/1.1\r\nHost: a\r\n\r\n";

  private final FakeTicker ticker = new FakeTicker();
  private final ByteBudget budget = new ByteBudget(16 << 20);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Socket> sockets = new ArrayList<>();
  private final HttpEdge edge = start();

  private HttpEdge start() {
    DrainRate drainRate = new DrainRate();
    BatchQueue batches =
        new BatchQueue(
            new BatchQueue.Limits(1 << 16, Duration.ZERO, Duration.ofMinutes(1)),
            new BatchNumbers("01ARYZ6S41TSV4RRFFQ69G5FAV"),
            ticker,
            1);
    EdgeMetrics metrics = new EdgeMetrics(registry, budget, drainRate, ticker);
    BodyLimits bodies = new BodyLimits(1 << 20, Duration.ofSeconds(30), ticker);
    CollectionParser parser = new CollectionParser(100);
    Fault fault = new Fault();
    return HttpEdge.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        bodies,
        new Admission(bodies, parser, 10_000, batches, budget, metrics, ticker),
        new Answers(metrics, new RetryAfter(budget, drainRate, ticker), ticker, fault),
        new ConnectionWatch(LIMIT, budget, metrics, ticker),
        new Health(fault),
        metrics,
        EdgeServer.TRACING);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    await().until(() -> registry.get("millrace.web.connections").gauge().value() == 0);
    assertThat(budget.reserved()).isZero();
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "POST /v1/collections HTTP/1.1\r\nHost: a\r\nX-A: aaaa", "\r\n"})
  void look_headThatDoesNotCome_isEnded(String sent) throws IOException {
    Socket socket = connect();
    send(socket, sent);

    assertThat(answerAsTimePasses(socket)).isEmpty();
    assertThat(ended("head")).isEqualTo(1);
  }

  @Test
  void look_secondHeadThatDrips_isEnded() throws IOException {
    Socket socket = answered("POST /v1");

    assertThat(answerAsTimePasses(socket)).isEmpty();
    assertThat(ended("head")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"version\""})
  void look_bodyThatDoesNotCome_is408(String sent) throws IOException {
    Socket socket = answered(HEAD + "Content-Length: 1000000\r\n\r\n" + sent);

    assertThat(answerAsTimePasses(socket))
        .startsWith("HTTP/1.1 408")
        .contains("Connection: close", "/problems/request-timeout");
    assertThat(budget.reserved()).isZero();
  }

  /** The answer to a body of the wrong type waits until the body is read over. */
  @Test
  void look_refusedBodyThatDoesNotCome_isAnswered() throws IOException {
    Socket socket =
        answered("POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx");

    assertThat(answerAsTimePasses(socket)).startsWith("HTTP/1.1 415");
  }

  @Test
  void look_clientThatReadsNoAnswers_isEnded() throws IOException {
    Socket socket = connect();
    socket.setSoTimeout(500);
    byte[] many = BAD.repeat(1000).getBytes(ISO_8859_1);
    OutputStream out = socket.getOutputStream();
    Thread sender =
        new Thread(
            () -> {
              try {
                while (true) {
                  out.write(many);
                }
              } catch (IOException e) {
                // The server has ended the connection.
              }
            });
    sender.start();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              ticker.advance(Duration.ofSeconds(4));
              return ended("answer") == 1;
            });
    await().until(() -> !sender.isAlive());
  }

  @Test
  void look_idleConnection_isEndedEvenIfLineEndsDrip() throws IOException {
    Socket socket = answered("\r\n\r\n");

    assertThat(answerAsTimePasses(socket)).isEmpty();
    assertThat(ended("idle")).isEqualTo(1);
  }

  @Test
  void look_budgetTight_endsTheSlowestBodiesFirst() throws IOException {
    Socket quick = connect();
    send(quick, HEAD + "Content-Length: 1000000\r\n\r\n" + " ".repeat(400_000));
    Socket slow = connect();
    send(slow, HEAD + "Content-Length: 1000000\r\n\r\n" + " ".repeat(300_000));
    await().until(() -> budget.reserved() == 2_000_000);
    long others = ConnectionWatch.tightBytes(budget) - 1_500_000;
    budget.tryReserveBulk(others);

    ticker.advance(Duration.ofSeconds(2));

    assertThat(read(slow)).startsWith("HTTP/1.1 408");
    budget.release(others);
    send(quick, " ".repeat(600_000));
    quick.shutdownOutput();
    assertThat(read(quick)).startsWith("HTTP/1.1 400");
  }

  @Test
  void onAccepting_limitReached_givesUpIdleConnectionsFirst() throws IOException {
    for (int i = 0; i < LIMIT; i++) {
      Socket socket = connect();
      send(socket, EMPTY);
      assertThat(readSome(socket)).startsWith("HTTP/1.1 202");
    }

    await()
        .until(
            () -> {
              ticker.advance(Duration.ofSeconds(1));
              Socket another = connect();
              send(another, EMPTY);
              return readSome(another).startsWith("HTTP/1.1 202");
            });

    assertThat(ended("given_up")).isPositive();
    assertThat(registry.get("millrace.web.connections").gauge().value()).isEqualTo(LIMIT);
  }

  @Test
  void onAccepting_limitReachedAndNoneIdle_refusesAtOnce() throws IOException {
    for (int i = 0; i < LIMIT; i++) {
      send(connect(), HEAD + "Content-Length: 1000\r\n\r\n{");
    }
    await().until(() -> budget.reserved() == LIMIT * 1000);

    String answer = read(connect());

    assertThat(answer)
        .startsWith("HTTP/1.1 503")
        .contains("Connection: close", "Retry-After: ", "/problems/overloaded");
    assertThat(ended("refused")).isEqualTo(1);
    sockets.get(0).close();
    await().until(() -> registry.get("millrace.web.connections").gauge().value() == LIMIT - 1);
    Socket next = connect();
    send(next, EMPTY);
    assertThat(readSome(next)).startsWith("HTTP/1.1 202");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port());
    socket.setSoTimeout(10_000);
    sockets.add(socket);
    return socket;
  }

  /**
   * A connection with a request behind it that was answered, and what was sent together with that:
   * the edge has read all of it before the test's time goes on.
   */
  private Socket answered(String next) throws IOException {
    Socket socket = connect();
    send(socket, EMPTY + next);
    String answer = readSome(socket);
    assertThat(answer).startsWith("HTTP/1.1 202").endsWith(ACCEPTED_NONE);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Reads to the end of a connection, while the edge's time goes on, 25 times as fast. */
  private String answerAsTimePasses(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    byte[] some = new byte[4096];
    for (int i = 0; i < 3000; i++) {
      try {
        int count = in.read(some);
        if (count < 0) {
          return answer.toString();
        }
        answer.append(new String(some, 0, count, ISO_8859_1));
      } catch (SocketTimeoutException e) {
        ticker.advance(Duration.ofMillis(500));
      } catch (SocketException e) {
        return answer.toString(); // reset, as there were bytes that nobody read
      }
    }
    throw new AssertionError("not ended, but had: " + answer);
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private static String readSome(Socket socket) throws IOException {
    byte[] some = new byte[4096];
    int count = socket.getInputStream().read(some);
    return count < 0 ? "" : new String(some, 0, count, ISO_8859_1);
  }

  private double ended(String why) {
    return registry.find("millrace.web.connections.ended").tag("why", why).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
