package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.hostile.CollidingNames;
import java.util.ArrayList;
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

  private final Random random = new Random(5);
  private final List<String> colliding = new ArrayList<>();

  HostileHeadersTest() {
    CollidingNames names = CollidingNames.with("ended", random);
    for (int i = 0; i < 400; i++) {
      colliding.add(names.next());
    }
  }

  @Test
  void decode_aThousandHostileHeadersBetweenGoodOnes_takesEachGoodOne()
      throws UndecodableException {
    for (int i = 0; i < 5; i++) {
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
      case 0 -> GOOD.replace("{\"v\"", "{" + fields(colliding(100)) + "\"v\"");
      case 1 ->
          GOOD.replace("{\"v\"", "{" + fields(List.of("n".repeat(random.nextInt(3000)))) + "\"v\"");
      case 2 ->
          GOOD.replace("{\"v\"", "{\"deep\":" + "[".repeat(1 + random.nextInt(4000)) + "\"v\"");
      case 3 -> GOOD.replace("\"ended\":2", "\"ended\":" + "9".repeat(1 + random.nextInt(4000)));
      case 4 -> GOOD.replace("118\"", "\\\\ud800".repeat(1 + random.nextInt(600)) + "\"");
      case 5 -> GOOD.replace("{\"v\"", "{" + fields(colliding(200)) + "\"v\"");
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

  /** So many of them, each time others. */
  private List<String> colliding(int count) {
    int from = random.nextInt(colliding.size() - count);
    return colliding.subList(from, from + count);
  }
}
