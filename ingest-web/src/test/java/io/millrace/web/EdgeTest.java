package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.model.Receipt;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.MessageQueue;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken, and what the queue has then. */
class EdgeTest {
  private static final Contract CONTRACT = new Contract();
  private static final String ONE = "{\"version\":\"1.4\",\"token\":\"t\",\"data\":[{\"a\": 1}]}";

  private static FakeMessageQueue queue;
  private static Edge edge;

  @BeforeAll
  static void start() {
    queue = new FakeMessageQueue(System::currentTimeMillis);
    edge = Edge.start(queue, Map.of("MAX_MESSAGE_BYTES", "16384"));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @AfterEach
  void emptyTheQueue() throws Exception {
    edge.awaitNothingInFlight();
    Duration hidden = Duration.ofMinutes(1);
    queue
        .receive(MessageQueue.MAX_BATCH_ENTRIES, Duration.ZERO, hidden)
        .forEach(message -> queue.delete(List.of(message.receiptHandle())));
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void post_collection_countsItsBytesAndItsParsing() throws Exception {
    double bytes = edge.metric("millrace_web_body_bytes_total");
    double parsed = edge.metric("millrace_web_parse_duration_seconds_count");

    assertAccepted(edge.collection(ONE), 1);

    assertThat(edge.metric("millrace_web_body_bytes_total")).isEqualTo(bytes + ONE.length());
    assertThat(edge.metric("millrace_web_parse_duration_seconds_count")).isEqualTo(parsed + 1);
  }

  @Test
  void post_collection_is202WithTheReceiptOfItsLines() throws Exception {
    HttpResponse<String> answer = edge.collection(ONE);

    assertAccepted(answer, 1);
    JsonNode line = lines().get(0);
    Receipt receipt = Receipt.parse(receipt(answer)).get(0);
    assertThat(line.get("id").textValue()).isEqualTo(receipt.batch() + "-" + receipt.first());
    assertThat(line.get("received_at").textValue())
        .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(line.has("key")).isFalse();
    assertThat(line.get("payload").toString()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON ; charset=\"UTF-8\"",
        "application/json;charset=utf8",
        "application/vnd.a+json",
        "application/json; a=b"
      })
  void post_anyFormOfJsonType_is202(String type) throws Exception {
    assertAccepted(edge.send(edge.post(ONE.getBytes(UTF_8), "Content-Type", type)), 1);
  }

  @Test
  void post_emptyData_is202AndQueuesNothing() throws Exception {
    assertAccepted(edge.collection("{\"version\":\"v\",\"token\":\"t\",\"data\":[]}"), 0);

    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void post_zstdOfTwoFrames_is202() throws Exception {
    byte[] first = Zstd.compress(ONE.substring(0, 20).getBytes(UTF_8));
    byte[] second = Zstd.compress(ONE.substring(20).getBytes(UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertAccepted(
        edge.send(edge.post(both, "Content-Type", "application/json", "Content-Encoding", "zstd")),
        1);
  }

  @Test
  void post_chunkedBody_is202() throws Exception {
    String body = ONE.replace("\"a\"", "\"" + "k".repeat(8000) + "\"");

    assertAccepted(
        edge.send(
            edge.request(Edge.COLLECTIONS)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body.getBytes(UTF_8))))
                .build()),
        1);
  }

  @Test
  void post_idempotencyKey_isEscapedIntoTheLine() throws Exception {
    String key = "!\"#\\~{}:,";
    assertAccepted(
        edge.send(
            edge.post(
                ONE.getBytes(UTF_8), "Content-Type", "application/json", "Idempotency-Key", key)),
        1);

    assertThat(lines().get(0).get("key").textValue()).isEqualTo(key);
  }

  @Test
  void post_collectionLargerThanAMessage_isSplitAndHasACommaJoinedReceipt() throws Exception {
    String payload = "{\"a\":\"" + "x".repeat(3000) + "\"}";
    String data = String.join(",", List.of(payload, payload, payload, payload, payload));

    HttpResponse<String> answer =
        edge.collection("{\"version\":\"v\",\"token\":\"t\",\"data\":[" + data + "]}");

    assertAccepted(answer, 5);
    assertThat(Receipt.parse(receipt(answer))).extracting(Receipt::count).containsExactly(3, 2);
    assertThat(lines()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/openapi.yaml"})
  void get_readablePath_is200AndHeadHasNoBody(String path) throws Exception {
    HttpResponse<String> answer = edge.send(edge.request(path).build());
    HttpResponse<String> head =
        edge.send(edge.request(path).method("HEAD", BodyPublishers.noBody()).build());

    assertThat(answer.statusCode()).isEqualTo(200);
    CONTRACT.check(path, answer);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void raw_requestsInARow_areAnsweredInOrderOnOneConnection() throws Exception {
    String post =
        "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + ONE.length()
            + "\r\n\r\n"
            + ONE;
    String last = "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    String answers = edge.raw(post + post + post + last);

    assertThat(answers.split("HTTP/1.1 202 Accepted", -1)).hasSize(4);
    assertThat(answers.substring(answers.lastIndexOf("HTTP/1.1"))).contains("200 OK", "ok");
    assertThat(lines()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /v1/collections HTTP/1.1\r\n\r\n",
        "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST /v1%2Fcollections HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void raw_malformedRequest_isAProblemOf4xx(String bytes) throws Exception {
    assertThat(edge.raw(bytes))
        .matches("(?s)HTTP/1\\.1 (4\\d\\d|505) .*")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"instance\":\"urn:uuid:");
  }

  @Test
  void raw_connectionsCutInMidBody_giveTheirBytesBack() throws Exception {
    for (int i = 0; i < 5; i++) {
      Socket socket = edge.connect();
      socket
          .getOutputStream()
          .write(
              ("POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 50000\r\n\r\n{\"version\"")
                  .getBytes(UTF_8));
      await().until(() -> edge.inFlightBytes() > 0);
      socket.setSoLinger(true, 0);
      socket.close();
      edge.awaitNothingInFlight();
    }
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void raw_bodyShorterThanTold_is400() throws Exception {
    assertThat(
            edge.raw(
                "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 500\r\n\r\n"
                    + ONE))
        .startsWith("HTTP/1.1 400");
    assertThat(queue.bodies()).isEmpty();
  }

  private static void assertAccepted(HttpResponse<String> answer, int payloads) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).startsWith("{\"accepted\":" + payloads);
    CONTRACT.check(Edge.COLLECTIONS, answer);
  }

  private static String receipt(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body()).get("receipt").textValue();
  }

  private static List<JsonNode> lines() throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String body : queue.bodies()) {
      Decoded message = MessageCodec.decode(body);
      byte[] frame = Arrays.copyOf(message.frame().bytes(), message.frame().length());
      byte[] unpacked = Zstd.decompress(frame, message.header().bytes());
      for (String line : new String(unpacked, UTF_8).lines().toList()) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }
}
