package io.millrace.toolbox.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.Rate;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.compressed.CompressedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostRunTest {
  @TempDir private Path folder;
  private StandIn web;
  private final FakeTicker ticker = new FakeTicker();
  private final PostOptions options = new PostOptions();

  @BeforeEach
  void start() throws IOException {
    Instant now = Instant.ofEpochMilli(ticker.now().epochMs());
    ticker.advance(Duration.between(now, Instant.parse("2026-11-23T05:00:00Z")));
    web = new StandIn();
    options.url = web.url();
    options.connections = 1;
    options.collectionSize = 2;
    options.timeout = Duration.ofSeconds(20);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private List<Long> waitsMs() {
    return ticker.pauses().stream().map(Duration::toMillis).filter(wait -> wait > 0).toList();
  }

  private Summary post(String lines) throws Exception {
    options.files = List.of("-");
    return new PostRun(
            options, ticker, new FixedRandom(0.5), new ByteArrayInputStream(lines.getBytes(UTF_8)))
        .run();
  }

  @Test
  void run_threeLines_areTwoCollectionsByteForByte() throws Exception {
    options.token = "a\"b";
    Summary summary = post("{\"n\" : 1}\r\n\n  {\"n\":2.0e0}\n{\"n\":3}");
    assertThat(web.requests())
        .extracting(StandIn.Request::text)
        .containsExactly(
            "{\"version\":\"1\",\"token\":\"a\\\"b\",\"data\":[{\"n\" : 1},  {\"n\":2.0e0}]}",
            "{\"version\":\"1\",\"token\":\"a\\\"b\",\"data\":[{\"n\":3}]}");
    assertThat(summary.complete()).isTrue();
    assertThat(summary.tally().acceptedPayloads()).isEqualTo(3);
    assertThat(summary.text()).contains("2 accepted of 2", "p99.9", "max");
  }

  @Test
  void run_503WithRetryAfter_waitsAndTriesAgainWithTheSameKey() throws Exception {
    options.keys = true;
    web.reply(503, Map.of("Retry-After", "2"), "");
    Summary summary = post("{}");
    assertThat(summary.complete()).isTrue();
    assertThat(summary.tally().retries()).isEqualTo(1);
    assertThat(waitsMs()).containsExactly(2200L);
    assertThat(web.requests())
        .extracting(request -> request.headers().get("Idempotency-key").get(0))
        .hasSize(2)
        .matches(keys -> keys.get(0).equals(keys.get(1)))
        .allMatch(key -> key.matches("[!-~]{1,64}"));
  }

  @Test
  void run_429WithDate_waitsUntilThen() throws Exception {
    web.reply(429, Map.of("Retry-After", "Mon, 23 Nov 2026 05:00:10 GMT"), "");
    assertThat(post("{}").complete()).isTrue();
    assertThat(waitsMs()).containsExactly(11_000L);
  }

  @Test
  void run_latencyBehindASlowAnswer_countsFromIntendedTime() throws Exception {
    options.rate = new Rate(1);
    options.collectionSize = 1;
    web.reply(202, Map.of(), "").reply(503, Map.of("Retry-After", "10"), "");
    Summary summary = post("{}\n{}\n{}");
    assertThat(waitsMs()).containsExactly(1000L, 11_000L);
    assertThat(summary.tally().latencyMicros().getMaxValue()).isBetween(10_990_000L, 11_020_000L);
    assertThat(summary.tally().latencyMicros().getValueAtPercentile(50))
        .isBetween(9_990_000L, 10_020_000L);
  }

  @Test
  void run_400_isFinalAndShown() throws Exception {
    web.reply(400, Map.of(), "{\"title\":\"Not JSON\",\"detail\":\"offset 17\"}");
    Summary summary = post("{}");
    assertThat(web.requests()).hasSize(1);
    assertThat(summary.complete()).isFalse();
    assertThat(summary.text()).contains("1 × 400", "400 Not JSON: offset 17");
  }

  @Test
  void run_connectionCut_isTriedAgain() throws Exception {
    web.cut().cut();
    Summary summary = post("{}");
    assertThat(summary.complete()).isTrue();
    assertThat(waitsMs()).containsExactly(50L, 100L);
  }

  @Test
  void run_503BeyondRetryFor_givesUp() throws Exception {
    options.retryFor = Duration.ofSeconds(5);
    web.reply(503, Map.of("Retry-After", "2"), "").reply(503, Map.of("Retry-After", "3"), "");
    Summary summary = post("{}");
    assertThat(summary.tally().notAccepted()).containsExactly(Map.entry("503", 1L));
    assertThat(summary.tally().retries()).isEqualTo(1);
  }

  @Test
  void run_nothingListens_endsEarlyInsteadOfTryingEachCollection() throws Exception {
    web.close();
    options.retryFor = Duration.ZERO;
    options.collectionSize = 1;
    Summary summary = post("{}\n".repeat(100));
    assertThat(summary.complete()).isFalse();
    assertThat(summary.handedOut()).isEqualTo(1);
    assertThat(summary.text()).contains("nothing ever answered");
  }

  @Test
  void run_lineThatIsNoObject_endsWithFileAndLine() throws Exception {
    Summary summary = post("{}\n{}\n\n[1]\n");
    assertThat(summary.complete()).isFalse();
    assertThat(summary.text())
        .contains("-:4: no JSON object", "1 accepted of 2", "never sent    1")
        .doesNotContain("unfinished");
  }

  @Test
  void run_gzip_sendsCompressedBody() throws Exception {
    options.gzip = true;
    post("{\"n\":1}");
    StandIn.Request request = web.requests().get(0);
    assertThat(request.headers().get("Content-encoding")).containsExactly("gzip");
    try (InputStream body = CompressedInput.gzip(new ByteArrayInputStream(request.body()))) {
      assertThat(body.readAllBytes()).asString().endsWith("\"data\":[{\"n\":1}]}");
    }
  }

  @Test
  void run_repeatedFile_isOpenedAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("in.ndjson"), "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    options.files = List.of(file.toString());
    options.repeat = 3;
    options.connections = 4;
    Summary summary =
        new PostRun(options, ticker, new FixedRandom(0), InputStream.nullInputStream()).run();
    assertThat(summary.tally().acceptedPayloads()).isEqualTo(9);
    assertThat(summary.handedOut()).isEqualTo(6);
  }

  @Test
  void run_receipts_holdHashesOfStoredBytesInOrder() throws Exception {
    options.receipts = folder.resolve("receipts.ndjson");
    post("{\"n\":1}\n{\"s\":\"\\ud800\",\r\"t\":2}");
    assertThat(options.receipts)
        .hasContent(
            "{\"receipt\":\"w-1-0+1\",\"at\":\"2026-11-23T05:00:00Z\",\"payloads\":[\""
                + sha256("{\"n\":1}")
                + "\",\""
                + sha256("{\"s\":\"\\ufffd\", \"t\":2}")
                + "\"]}\n");
    options.append = true;
    post("{}");
    assertThat(Files.readAllLines(options.receipts)).hasSize(2);
  }

  @Test
  void run_202WithoutReceiptThoughWanted_isNotComplete() throws Exception {
    options.receipts = folder.resolve("receipts.ndjson");
    web.reply(202, Map.of(), "{}");
    Summary summary = post("{}");
    assertThat(summary.complete()).isFalse();
    assertThat(summary.text()).contains("1 accepted without one");
  }

  private static String sha256(String text) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
  }
}
