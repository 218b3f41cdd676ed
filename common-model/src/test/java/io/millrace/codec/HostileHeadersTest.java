package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.MessageCodec.UndecodableException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What one message says in its header decides nothing about the next. */
class HostileHeadersTest {
  private static final byte[] BYTES = io.millrace.model.Codec.ZSTD.emptyFrame();
  private static final Frame FRAME = new Frame(BYTES, BYTES.length);
  private static final String GOOD =
      MessageCodec.encode(
          new MessageHeader(
              1,
              "01ARYZ6S41TSV4RRFFQ69G5FAV-118",
              1_795_404_920_123L,
              0,
              0,
              FRAME.crc32c(),
              "zstd",
              false,
              2,
              List.of(3L)),
          FRAME);

  /** Inverse of 33 modulo 2^32: what a table of names multiplies its first four bytes by. */
  private static final int INVERSE_OF_33 = 1_041_204_193;

  private final Random random = new Random(5);

  @Test
  void decode_aThousandHostileHeadersBetweenGoodOnes_takesEachGoodOne()
      throws UndecodableException {
    for (int i = 0; i < 20; i++) {
      for (int hostile = 0; hostile < 1_000; hostile++) {
        decodeHostile(hostile(hostile));
      }
      assertThat(MessageCodec.encode(MessageCodec.decode(GOOD).header(), FRAME)).isEqualTo(GOOD);
    }
  }

  /** It may be refused, and by nothing but the exception that makes it a dead letter. */
  private static void decodeHostile(String body) {
    try {
      MessageCodec.decode(body);
    } catch (UndecodableException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(200);
    }
  }

  private String hostile(int kind) {
    return switch (kind % 8) {
      case 0 -> GOOD.replace("{\"v\"", "{" + fields(collidingNames(100)) + "\"v\"");
      case 1 ->
          GOOD.replace("{\"v\"", "{" + fields(List.of("n".repeat(random.nextInt(3000)))) + "\"v\"");
      case 2 ->
          GOOD.replace("{\"v\"", "{\"deep\":" + "[".repeat(1 + random.nextInt(4000)) + "\"v\"");
      case 3 -> GOOD.replace("\"ended\":2", "\"ended\":" + "9".repeat(1 + random.nextInt(4000)));
      case 4 -> GOOD.replace("118\"", "\\\\ud800".repeat(1 + random.nextInt(600)) + "\"");
      case 5 -> GOOD.replace("{\"v\"", "{" + fields(collidingNames(200)) + "\"v\"");
      case 6 -> GOOD.substring(0, random.nextInt(GOOD.length()));
      default -> mangled();
    };
  }

  private String mangled() {
    StringBuilder body = new StringBuilder(GOOD);
    for (int i = 0; i < 3; i++) {
      body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(0x300));
    }
    return body.toString();
  }

  private static String fields(List<String> names) {
    StringBuilder fields = new StringBuilder();
    names.forEach(name -> fields.append('"').append(name).append("\":1,"));
    return fields.toString();
  }

  /** Names of 8 bytes that share a bucket with each other, whatever seed a table mixes in. */
  private List<String> collidingNames(int count) {
    List<String> names = new java.util.ArrayList<>(count);
    while (names.size() < count) {
      int first = printable();
      int mixed = first + (first >>> 15);
      mixed ^= mixed >>> 9;
      int second = (0x12345678 - mixed) * INVERSE_OF_33;
      if (isPrintable(second)) {
        names.add(text(first) + text(second));
      }
    }
    return names;
  }

  private int printable() {
    int quad = 0;
    for (int i = 0; i < 4; i++) {
      quad = (quad << 8) | ('a' + random.nextInt(26));
    }
    return quad;
  }

  private static boolean isPrintable(int quad) {
    return text(quad).chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
  }

  private static String text(int quad) {
    return ""
        + (char) (quad >>> 24)
        + (char) ((quad >>> 16) & 255)
        + (char) ((quad >>> 8) & 255)
        + (char) (quad & 255);
  }
}
