package io.millrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.millrace.queue.FakeMessageQueue;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collection's lines may take: for each byte of its body, and in all. */
class EdgeProportionTest {
  private static final FakeMessageQueue QUEUE = new FakeMessageQueue(System::currentTimeMillis);
  private static final Contract CONTRACT = new Contract();
  private static Edge edge;

  @BeforeAll
  static void start() {
    edge = Edge.start(QUEUE, Map.of());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"😀", "\\u0041", "x"})
  void lines_manySmallPayloadsOfALongToken_areRefusedNamingBothNumbers(String character)
      throws Exception {
    String name = character.repeat(character.length() > 2 ? 170 : 256);
    byte[] body = collection(name, name, "{}", 10_000).getBytes(UTF_8);

    HttpResponse<String> answer = post(Zstd.compress(body), "zstd");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .contains("/problems/too-many-payloads")
        .containsPattern(
            "the lines of data's 10000 payloads, each with version and token, take \\d+ bytes,"
                + " more than the "
                + ((64 << 10) + 16L * body.length)
                + " allowed for a body of "
                + body.length
                + " bytes");
    CONTRACT.check(Edge.COLLECTIONS, answer);
    assertThat(edge.inFlightBytes()).isZero();
  }

  @Test
  void lines_moreThanThreeLargestBodies_areRefused() throws Exception {
    String body = collection("1.4", "x".repeat(256), "{\"a\":\"" + "x".repeat(90) + "\"}", 10_000);

    HttpResponse<String> answer = post(body.getBytes(UTF_8), "identity");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("more than the " + ((64 << 10) + (3 << 20)) + " allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t|{}|400",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7|{}|300",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7|{\"t\":21.53,\"h\":400}|9000",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7|{\"a\":\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345\"}|9000",
        "t|{\"v\":1}|900",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7|{\"v\":1}|600",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7|{\"t\":21.53,\"h\":40}|10000",
        "9b2f6a1c|{\"event\":\"process-start\",\"pid\":4312}|10000",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7|{\"event\":\"process-start\",\"pid\":4312}|10000",
        "9b2f6a1c|{\"host\":\"web-17\",\"metric\":\"cpu\",\"value\":0.173,\"unit\":\"ratio\",\"at\":1795404920123}|10000"
      })
  void lines_ofTelemetry_areTaken(String token, String payload, int payloads) throws Exception {
    String body = collection("1.4", token, payload, payloads);

    HttpResponse<String> answer =
        edge.send(
            edge.post(
                body.getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "7c9e6679-7425-40de-944b-e07fc1f90ae7"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void lines_onePayloadWithTheLongestOfAll_areTaken() throws Exception {
    String name = "😀".repeat(256);
    String key = "\"".repeat(64);

    HttpResponse<String> answer =
        edge.send(
            edge.post(
                collection(name, name, "{}", 1).getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                key));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 200})
  void lines_fewTinyPayloadsOfTheLongestToken_areTaken(int payloads) throws Exception {
    String body = collection("1.4", "x".repeat(256), "{\"v\":1}", payloads);

    assertThat(post(body.getBytes(UTF_8), "identity").statusCode()).isEqualTo(202);
  }

  private static HttpResponse<String> post(byte[] body, String encoding) throws Exception {
    return edge.send(
        edge.post(body, "Content-Type", "application/json", "Content-Encoding", encoding));
  }

  private static String collection(String version, String token, String payload, int payloads) {
    String data = (payload + ",").repeat(payloads - 1) + payload;
    return "{\"version\":\"%s\",\"token\":\"%s\",\"data\":[%s]}".formatted(version, token, data);
  }
}
