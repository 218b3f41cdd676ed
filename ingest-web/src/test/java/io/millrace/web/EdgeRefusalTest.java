package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.millrace.queue.FakeMessageQueue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table of answers, in its order: of two faults the upper one is told. */
class EdgeRefusalTest {
  private static final FakeMessageQueue QUEUE = new FakeMessageQueue(System::currentTimeMillis);
  private static final Contract CONTRACT = new Contract();
  private static final String JSON = "application/json";
  private static Edge edge;

  @BeforeAll
  static void start() {
    edge =
        Edge.start(
            QUEUE,
            Map.of(
                "MAX_BODY_BYTES", "65536",
                "MAX_COLLECTION_PAYLOADS", "3",
                "MAX_MESSAGE_BYTES", "16384"));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @AfterEach
  void nothingIsQueuedOrHeld() throws Exception {
    assertThat(QUEUE.bodies()).isEmpty();
    assertThat(edge.inFlightBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
  void collections_otherMethod_is405WithAllow(String method) throws Exception {
    HttpResponse<String> answer =
        edge.send(
            edge.request(Edge.COLLECTIONS).method(method, BodyPublishers.ofString("x")).build());

    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertProblem(answer, 405, method.equals("HEAD") ? "" : "method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/openapi.yaml"})
  void reading_otherMethod_is405WithAllow(String path) throws Exception {
    HttpResponse<String> answer =
        edge.send(edge.request(path).POST(BodyPublishers.ofString("x")).build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    CONTRACT.check(path, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/collection", "/v1/collections/1", "/V1/collections"})
  void otherPath_anyMethod_is404(String path) throws Exception {
    assertProblem(edge.send(edge.request(path).build()), 404, "not-found");
    assertProblem(
        edge.send(edge.request(path).method("BREW", BodyPublishers.ofString("x")).build()),
        404,
        "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/jsonx",
        "application/json;charset=utf-16",
        "json",
        "*/*",
        "application/json; charset=latin1",
        "application/json; charset=none",
        "text/json"
      })
  void contentType_notJsonInUtf8_is415BeforeTheEncoding(String type) throws Exception {
    HttpResponse<String> answer = post("x".getBytes(UTF_8), type, "br");

    assertThat(answer.headers().firstValue("Accept-Encoding")).isEmpty();
    assertProblem(answer, 415, "unsupported-media-type");
  }

  @Test
  void contentType_missing_is415() throws Exception {
    assertProblem(edge.send(edge.post(new byte[0])), 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, zstd", "gzip,gzip", "*"})
  void contentEncoding_unknown_is415BeforeTheBody(String encoding) throws Exception {
    HttpResponse<String> answer = post("x".getBytes(UTF_8), JSON, encoding);

    assertThat(answer.headers().firstValue("Accept-Encoding")).contains("gzip, zstd");
    assertProblem(answer, 415, "unsupported-encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void body_thatDoesNotDecompress_is400(String encoding) throws Exception {
    byte[] whole = packed("{\"version\":\"v\"}".getBytes(UTF_8), encoding);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);

    assertProblem(post("garbage".getBytes(UTF_8), JSON, encoding), 400, "body-not-decompressible");
    assertProblem(post(cut, JSON, encoding), 400, "body-not-decompressible");
  }

  @Test
  void body_overTheLimitAsSent_is413() throws Exception {
    assertProblem(
        post(" ".repeat(65_537).getBytes(UTF_8), JSON, "identity"), 413, "body-too-large");
    assertProblem(post(" ".repeat(65_536).getBytes(UTF_8), JSON, "identity"), 400, "not-json");
  }

  @Test
  void body_farOverTheLimit_isAnsweredAllTheSame() throws Exception {
    assertProblem(post(new byte[8 << 20], JSON, "identity"), 413, "body-too-large");
  }

  @ParameterizedTest
  @CsvSource({"text/plain, 1000, 415", "application/json, 65537, 413"})
  void body_heldBackByItsClient_isRefusedWithoutBeingAskedFor(String type, int length, int status)
      throws Exception {
    try (Socket socket = edge.connect()) {
      send(socket, headers(type, length) + "Expect: 100-continue\r\n\r\n");

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 " + status)
          .contains("Connection: close");
    }
  }

  @Test
  void body_askedFor_isReadBeforeItIsRefused() throws Exception {
    try (Socket socket = edge.connect()) {
      send(socket, headers(JSON, 3) + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
      String asked = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(socket.getInputStream().readNBytes(asked.length()), UTF_8))
          .isEqualTo(asked);
      send(socket, "{x}");

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("/problems/not-json");
    }
  }

  @Test
  void body_longerThanIsEverReadOver_isRefusedUnread() throws Exception {
    try (Socket socket = edge.connect()) {
      send(socket, headers(JSON, (64 << 20) + 1) + "\r\n");

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 413")
          .contains("Connection: close");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void body_bomb_is413(String encoding) throws Exception {
    byte[] bomb = packed(new byte[10 << 20], encoding);

    assertProblem(post(bomb, JSON, encoding), 413, "body-too-large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|400|not-json",
        "{\"version\":1,\"data\":[{},{},{},{},5]} x|400|not-json",
        "{\"version\":1,\"data\":[{},{},{},{},5]}|400|invalid-collection",
        "{\"version\":\"\",\"token\":\"t\",\"data\":[]}|400|invalid-collection",
        "{\"version\":\"v\",\"token\":\"t\",\"data\":[{},{},{},{\"a\":\"LONG\"}]}|413|too-many-payloads",
        "{\"version\":\"v\",\"token\":\"t\",\"data\":[{},{\"a\":\"LONG\"}]}|413|payload-too-large"
      })
  void body_ofManyFaults_isToldTheFirstRow(String body, int status, String type) throws Exception {
    String grown = body.replace("LONG", "x".repeat(12_000));

    assertProblem(post(grown.getBytes(UTF_8), JSON, "identity"), status, type);
    assertProblem(post(packed(grown.getBytes(UTF_8), "gzip"), JSON, "GZIP"), status, type);
  }

  @Test
  void payload_tooLargeAlone_namesItsIndex() throws Exception {
    String body =
        "{\"version\":\"v\",\"token\":\"t\",\"data\":[{},{\"a\":\"" + "x".repeat(12_000) + "\"}]}";

    assertThat(post(body.getBytes(UTF_8), JSON, "identity").body())
        .contains("data[1] is too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "é", "12345678901234567890123456789012345678901234567890123456789012345"})
  void idempotencyKey_ofAnotherForm_is400(String key) throws Exception {
    String body = "{\"version\":\"v\",\"token\":\"t\",\"data\":[]}";
    String answer =
        edge.raw(
            "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Idempotency-Key: "
                + key
                + "\r\nContent-Length: "
                + body.length()
                + "\r\nConnection: close\r\n\r\n"
                + body);

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("/problems/invalid-collection", "Idempotency-Key is not");
  }

  private static String headers(String type, int length) {
    return "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
        .formatted(type, length);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static HttpResponse<String> post(byte[] body, String type, String encoding)
      throws IOException, InterruptedException {
    return edge.send(edge.post(body, "Content-Type", type, "Content-Encoding", encoding));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    if (!type.isEmpty()) {
      assertThat(answer.body()).contains("\"/problems/" + type + "\"");
    }
    CONTRACT.check(Edge.COLLECTIONS, answer);
  }

  private static byte[] packed(byte[] bytes, String encoding) throws IOException {
    if (encoding.equals("zstd")) {
      return Zstd.compress(bytes);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
