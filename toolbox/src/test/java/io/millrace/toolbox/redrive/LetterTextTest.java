package io.millrace.toolbox.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Codec;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.SampleBodies;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterTextTest {
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> ticker.now().epochMs());

  private String text(String body, Map<String, String> attributes) throws InterruptedException {
    dead.send(body, attributes, Duration.ofSeconds(1));
    StringBuilder text = new StringBuilder();
    try (DeadLetterQueue letters = new DeadLetterQueue(dead, ticker)) {
      letters.visit(
          letter -> {
            text.append(LetterText.of(letter, Instant.parse("2026-11-25T05:35:20Z")));
            return true;
          });
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void of_decodable_showsLinesWithoutTokens(Codec codec) throws Exception {
    String payload = "{\"token\":\"a payload's own\",\"n\":1}";
    String body =
        SampleBodies.of(
            8,
            codec,
            SampleBodies.line(8, 0, "s3cret-a", payload),
            SampleBodies.line(8, 1, "s3cret-b", "{}"));
    String text = text(body, Map.of("reason", "received too often", "traceparent", "00-1"));

    assertThat(text)
        .doesNotContain("s3cret")
        .contains(
            SampleBodies.line(8, 0, "***", payload),
            SampleBodies.line(8, 1, "***", "{}"),
            "received too often",
            "traceparent",
            SampleBodies.WRITER + "-8",
            codec.label(),
            "can use it");
  }

  @Test
  void of_frameDamaged_showsTheHeaderAndNoLine() throws Exception {
    String whole = SampleBodies.of(8);
    String damaged = new StringBuilder(whole).replace(300, 304, "AAAA").toString();
    String text = text(damaged, Map.of());
    assertThat(text)
        .contains(SampleBodies.WRITER + "-8", "crc32c of the frame is", "begins 28b52ffd")
        .doesNotContain("lines, tokens masked")
        .contains("moved by the queue's redrive policy (no reason told)");
  }

  @Test
  void of_foreignBody_showsLengthsOnly() throws Exception {
    assertThat(text("token=s3cret", Map.of("reason", "no header line")))
        .contains("12 bytes", "can't use it: no header line")
        .doesNotContain("s3cret");
  }

  @Test
  void of_linesThatAreNotPacked_showsEightBytesAtMost() throws Exception {
    String line = SampleBodies.line(8, 0, "s3cret", "{}");
    String base64 = Base64.getEncoder().encodeToString(line.getBytes(UTF_8));
    String header = SampleBodies.of(8).substring(0, SampleBodies.of(8).indexOf('\n'));
    String text = text(header + "\n" + base64, Map.of());
    assertThat(text)
        .contains("begins 7b226964223a2230")
        .doesNotContain("7b226964223a223031", "s3cret", base64);
  }

  @Test
  void of_lineThatIsNoObject_isNotShown() throws Exception {
    assertThat(text(SampleBodies.of(8, Codec.ZSTD, "\"token\":\"s3cret\""), Map.of()))
        .contains("(16 bytes that are not one JSON object)")
        .doesNotContain("s3cret");
  }
}
