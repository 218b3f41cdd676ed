package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codec.Line.Slice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines that {@link Line} wrote come back as they were; whatever else is refused or has sense. */
class LinePartsFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final String AT = "2026-11-23T03:35:20.123Z";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String[] PIECES = {
    "\"", "\\", "/", ",\"payload\":", "}", "{", "\u00e4", "\ud83d\ude00", "\u2028", "a", "\\u0041"
  };

  private final Random random = new Random(20_261_123);

  @Test
  void parse_randomLines_givesWhatWasWritten() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      String version = text() + "v";
      String token = text() + "t";
      byte[] payload = JSON.writeValueAsBytes(java.util.Map.of(text(), text()));
      byte[] line = line(version, token, payload, round);

      LineParts parts = LineParts.parse(line, 0, line.length);

      assertThat(parts.id()).isEqualTo("W-1-" + round);
      assertThat(parts.version()).as("round %d", round).isEqualTo(version);
      assertThat(parts.token()).as("round %d", round).isEqualTo(token);
      assertThat(bytes(parts.payload())).as("round %d", round).isEqualTo(payload);
    }
  }

  @Test
  void parse_lineWithAFewBytesChanged_isRefusedOrEndsInItsPayload() throws IOException {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] line = line("1.4", text() + "t", "{\"a\":\"b\"}".getBytes(UTF_8), round);
      for (int i = random.nextInt(3); i >= 0; i--) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
      }
      try {
        Slice payload = LineParts.parse(line, 0, line.length).payload();
        assertThat(payload.start() + payload.length()).isEqualTo(line.length - 1);
        assertThat(new String(bytes(payload), UTF_8)).startsWith("{").endsWith("}");
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).matches("has (no|an?) .*");
        refused++;
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10);
  }

  private byte[] line(String version, String token, byte[] payload, int number) throws IOException {
    byte[] versionLiteral = JSON.writeValueAsBytes(version);
    byte[] tokenLiteral = JSON.writeValueAsBytes(token);
    String key = random.nextBoolean() ? "" : "k\\\"";
    byte[] middle = Line.middle(key, AT, slice(versionLiteral), slice(tokenLiteral));
    byte[] to = new byte[Line.maxLength(3, middle, payload.length)];
    int end = Line.write("W-1".getBytes(UTF_8), number, middle, slice(payload), to, 0);
    return Arrays.copyOf(to, end - 1);
  }

  private static Slice slice(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  private static byte[] bytes(Slice slice) {
    return Arrays.copyOfRange(slice.array(), slice.start(), slice.start() + slice.length());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
