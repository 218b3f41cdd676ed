package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.time.Moment;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queue refuses or waits, the budget is used up, the process is told to stop. */
class EdgePressureTest {
  private static final String ONE = "{\"version\":\"v\",\"token\":\"t\",\"data\":[{\"a\":1}]}";

  private final Contract contract = new Contract();
  private final FakeMessageQueue queue = new FakeMessageQueue(System::currentTimeMillis);

  @Test
  void post_queueRefusesUntilAckTimeout_is503ThenNamedAsAbandoned() throws Exception {
    queue.refuseSends(new QueueException("for the test", null));
    try (Edge edge = Edge.start(queue, Map.of("ACK_TIMEOUT_MS", "500"))) {
      HttpResponse<String> answer = edge.collection(ONE);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("/problems/not-queued");
      contract.check(Edge.COLLECTIONS, answer);
      assertThat(edge.send(edge.request("/health/ready").build()).statusCode()).isEqualTo(200);
      edge.awaitNothingInFlight();
      queue.refuseSends(null);
      assertThat(edge.collection(ONE).statusCode()).isEqualTo(202);
    }
    assertThat(headers().get(0).abandoned()).containsExactly(1L);
  }

  @Test
  void post_bodySlowerThanAckTimeout_is202() throws Exception {
    try (Edge edge = Edge.start(queue, Map.of("ACK_TIMEOUT_MS", "1000"));
        Socket socket = edge.connect()) {
      String head =
          "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Connection: close\r\nContent-Length: "
              + ONE.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + ONE.substring(0, 9)).getBytes(UTF_8));
      await().during(Duration.ofMillis(1200)).until(() -> edge.inFlightBytes() > 0);
      socket.getOutputStream().write(ONE.substring(9).getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 202");
    }
  }

  /** More than Jetty's pool has threads. */
  @Test
  void post_besideManyBodiesThatStall_is202() throws Exception {
    String half =
        "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n{";
    List<Socket> stalled = new ArrayList<>();
    try (Edge edge = Edge.start(queue, Map.of())) {
      for (int i = 0; i < 300; i++) {
        stalled.add(edge.connect());
        stalled.get(i).getOutputStream().write(half.getBytes(UTF_8));
      }
      await().until(() -> edge.inFlightBytes() == 300 * 1000);

      assertThat(edge.collection(ONE).statusCode()).isEqualTo(202);
      for (Socket socket : stalled) {
        socket.close();
      }
      edge.awaitNothingInFlight();
    }
  }

  @Test
  void post_queueHasNotAnswered_isNotAnsweredEither() throws Exception {
    HeldQueue held = new HeldQueue(queue);
    try (Edge edge = Edge.start(held, Map.of())) {
      CompletableFuture<HttpResponse<String>> answer = edge.collectionLater(ONE);
      await().until(() -> edge.inFlightBytes() > 0);
      assertThat(answer).isNotDone();

      held.letThrough();

      assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
      assertThat(headers()).hasSize(1);
    }
  }

  @Test
  void post_budgetUsedUp_is503AtOnceAndTheOthersAreAnsweredLater() throws Exception {
    HeldQueue held = new HeldQueue(queue);
    Map<String, String> settings =
        Map.of("MAX_BODY_BYTES", "131072", "MAX_IN_FLIGHT_BYTES", "1048576");
    String payload = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
    String body = "{\"version\":\"v\",\"token\":\"t\",\"data\":[" + payload + "]}";
    try (Edge edge = Edge.start(held, settings)) {
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        waiting.add(edge.collectionLater(body));
        long held3 = (i + 1) * 300_000L;
        await().until(() -> edge.inFlightBytes() >= held3 && edge.inFlightBytes() < held3 + 9000);
      }

      HttpResponse<String> answer = edge.collection(body);

      assertThat(answer.body()).contains("/problems/overloaded");
      contract.check(Edge.COLLECTIONS, answer);
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      held.letThrough();
      for (CompletableFuture<HttpResponse<String>> each : waiting) {
        assertThat(each.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
      }
      edge.awaitNothingInFlight();
    }
  }

  /** The first byte is there, or a third of the body, which makes room for all of it. */
  @ParameterizedTest
  @CsvSource({"0, 256", "1, 256", "9000, 128", "350000, 32"})
  void post_besideLargeBodiesThatStall_isAlways202(int bytes, int connections) throws Exception {
    String head =
        String.join(
            "\r\n",
            "POST /v1/collections HTTP/1.1",
            "Host: a",
            "Content-Type: application/json",
            "Content-Length: 1048576",
            "",
            "");
    byte[] part = " ".repeat(bytes).getBytes(UTF_8);
    List<Socket> stalled = new ArrayList<>();
    try (Edge edge = Edge.start(queue, Map.of("MAX_IN_FLIGHT_BYTES", "16777216"))) {
      for (int i = 0; i < connections; i++) {
        Socket socket = edge.connect();
        stalled.add(socket);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(part);
        if (i % 16 == 0) {
          assertThat(edge.collection(ONE).statusCode()).isEqualTo(202);
        }
      }
      assertThat(edge.inFlightBytes()).isLessThanOrEqualTo(0.75 * (16 << 20) + 10 * heldByOne());

      for (int i = 0; i < 100; i++) {
        assertThat(edge.collection(ONE).statusCode()).isEqualTo(202);
      }
      for (Socket socket : stalled) {
        socket.close();
      }
      edge.awaitNothingInFlight();
    }
  }

  @Test
  void close_withCollectionsInside_answersThemRefusesOthersAndSendsTheCheckpoint()
      throws Exception {
    HeldQueue held = new HeldQueue(queue);
    Edge edge = Edge.start(held, Map.of("SEND_THREADS", "2", "ACK_TIMEOUT_MS", "60000"));
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(edge.collectionLater(ONE));
    }
    await().until(() -> edge.inFlightBytes() == 20 * heldByOne());
    CompletableFuture<Void> closing = CompletableFuture.runAsync(edge::close);

    HttpResponse<String> late = awaitRefusal(edge, all);

    assertThat(late.body()).contains("/problems/stopping");
    assertThat(late.headers().firstValue("Connection")).contains("close");
    contract.check(Edge.COLLECTIONS, late);
    assertThat(closing).isNotDone();
    held.letThrough();
    closing.get(20, TimeUnit.SECONDS);
    int accepted = 0;
    for (CompletableFuture<HttpResponse<String>> each : all) {
      accepted += each.get(10, TimeUnit.SECONDS).statusCode() == 202 ? 1 : 0;
    }
    List<MessageHeader> headers = headers();
    assertThat(accepted).isGreaterThanOrEqualTo(20);
    assertThat(headers.stream().mapToInt(MessageHeader::payloads).sum()).isEqualTo(accepted);
    assertThat(headers.get(headers.size() - 1).payloads()).isZero();
  }

  @Test
  void close_duringDrainDelay_stillAcceptsWithConnectionClose() throws Exception {
    Edge edge = Edge.start(queue, Map.of("DRAIN_DELAY_MS", "2000"));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(edge::close);
    await().until(() -> edge.send(edge.request("/health/ready").build()).statusCode() == 503);

    HttpResponse<String> answer = edge.collection(ONE);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Connection")).contains("close");
    contract.check(Edge.COLLECTIONS, answer);
    closing.get(20, TimeUnit.SECONDS);
    assertThat(headers()).extracting(MessageHeader::payloads).containsExactly(1, 0);
  }

  /** As {@link #ONE}, which has the same lengths. */
  private static double heldByOne() {
    return Samples.pending(new Moment(0, 0), "{\"a\":1}").bytesHeld();
  }

  /** Sends until one is refused; some may come before the doors are shut. */
  private static HttpResponse<String> awaitRefusal(
      Edge edge, List<CompletableFuture<HttpResponse<String>>> all) {
    return await()
        .until(
            () -> {
              all.add(edge.collectionLater(ONE));
              return all.stream().filter(CompletableFuture::isDone).findFirst();
            },
            Optional::isPresent)
        .orElseThrow()
        .join();
  }

  private List<MessageHeader> headers() throws Exception {
    List<MessageHeader> headers = new ArrayList<>();
    for (String body : queue.bodies()) {
      headers.add(MessageCodec.decode(body).header());
    }
    return headers;
  }

  @Test
  void post_linesThatCanNeverFitTheBudget_is413() throws Exception {
    Map<String, String> settings =
        Map.of("MAX_BODY_BYTES", "131072", "MAX_IN_FLIGHT_BYTES", "1048576");
    String data = String.join(",", java.util.Collections.nCopies(2_700, "{\"abc\":1}"));
    String body = "{\"version\":\"v\",\"token\":\"t\",\"data\":[" + data + "]}";
    try (Edge edge = Edge.start(queue, settings)) {
      HttpResponse<String> answer = edge.collection(body);

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("/problems/body-too-large");
      assertThat(edge.inFlightBytes()).isZero();
    }
  }
}
