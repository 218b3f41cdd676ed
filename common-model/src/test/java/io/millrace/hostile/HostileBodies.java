package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Bodies that are meant to hurt whoever parses them, or others by it: some are collections, most
 * are not. A seed repeats them.
 *
 * <p>Not thread-safe.
 */
public final class HostileBodies {
  private static final int NAMES = 700;
  private static final int KINDS = 9;

  private final Random random;
  private final List<String> colliding = new ArrayList<>();
  private final int largest;

  /**
   * @param largest most bytes of a body, about
   */
  public HostileBodies(long seed, int largest) {
    this.random = new Random(seed);
    this.largest = largest;
    for (String target : List.of("token", "event", "version")) {
      CollidingNames names = CollidingNames.with(target, random);
      for (int i = 0; i < NAMES; i++) {
        colliding.add(names.next());
      }
    }
  }

  /** One more, as UTF-8 mostly. */
  public byte[] next() {
    String body =
        switch (random.nextInt(KINDS)) {
          case 0 -> collection("v", "t", '{' + fields() + '}');
          case 1 -> '{' + fields() + ',' + collection("v", "t", "{}").substring(1);
          case 2 -> collection("v", "t", "{\"" + "k".repeat(length()) + "\":1}");
          case 3 -> "{\"" + "k".repeat(length()) + "\":" + "[".repeat(length());
          case 4 -> collection("v", "t", "{\"n\":" + number() + '}');
          case 5 -> collection("v", "t", nested(random.nextInt(100)));
          case 6 -> escapes();
          case 7 -> amplifier();
          default -> " ".repeat(length()) + "{}";
        };
    return body.getBytes(UTF_8);
  }

  private static String collection(String version, String token, String data) {
    return "{\"version\":\"%s\",\"token\":\"%s\",\"data\":[%s]}".formatted(version, token, data);
  }

  /** Names of one target, as fields. */
  private String fields() {
    int from = random.nextInt(colliding.size() / NAMES) * NAMES;
    StringBuilder fields = new StringBuilder();
    for (String name : colliding.subList(from, from + 1 + random.nextInt(NAMES))) {
      fields.append(fields.isEmpty() ? "" : ",").append('"').append(name).append("\":1");
    }
    return fields.toString();
  }

  private String number() {
    return switch (random.nextInt(3)) {
      case 0 -> "9".repeat(length());
      case 1 -> "0." + "1".repeat(length());
      default -> "1e" + "8".repeat(1 + random.nextInt(2000));
    };
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + '}';
  }

  private String escapes() {
    String[] parts = {
      "\\ud800", "\\udc00", "\\u0041", "\\\"", "\\u00", "\\x", "\\", "\\n", "é", "😀"
    };
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(2000); i > 0; i--) {
      name.append(parts[random.nextInt(random.nextInt(8) == 0 ? parts.length : 4)]);
    }
    return collection("v", "t", "{\"" + name + "\":\"" + name + "\"}");
  }

  /** Little that is repeated in every line, and many lines. */
  private String amplifier() {
    String name = (random.nextBoolean() ? "\\ud83d\\ude00" : "😀").repeat(1 + random.nextInt(256));
    int payloads = Math.min(10_000, largest / 3);
    return collection(name, name, "{},".repeat(random.nextInt(payloads)) + "{}");
  }

  /** Small mostly, and now and then as long as may be. */
  private int length() {
    int most = random.nextInt(100) == 0 ? largest : largest / 64;
    return 1 + random.nextInt(most);
  }
}
