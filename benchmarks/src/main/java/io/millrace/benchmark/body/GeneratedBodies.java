package io.millrace.benchmark.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Collections of events as an endpoint's agent would tell them, full of random hashes. One of 1,100
 * bytes compresses 2.1 : 1 by itself; the lines of a batch of 400 such, in which names, hosts and
 * what each line repeats of its collection come again and again, about 5 : 1. One thread's own.
 */
public final class GeneratedBodies {
  private static final String HEX = "0123456789abcdef";
  private static final String OPEN_PADDING = ",\"trace\":\"";

  private final BodySpec spec;
  private final Random random;

  private GeneratedBodies(BodySpec spec) {
    this.spec = spec;
    random = new Random(spec.seed());
  }

  /** Makes them; the same for the same spec. */
  public static List<CollectionBody> make(BodySpec spec) {
    GeneratedBodies bodies = new GeneratedBodies(spec);
    int count = spec.boundedCount();
    List<CollectionBody> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] plain = bodies.collection().getBytes(US_ASCII);
      made.add(new CollectionBody(spec.encoding().encode(plain), spec.payloads()));
    }
    return made;
  }

  private String collection() {
    StringBuilder text = new StringBuilder(spec.bytes() + 512);
    text.append("{\"version\":\"2.1.0\",\"token\":\"").append(hex(32)).append("\",\"data\":[");
    for (int n = 1; n <= spec.payloads(); n++) {
      text.append(n == 1 ? "" : ",");
      payload(text, n);
    }
    return text.append("]}").toString();
  }

  /** An event, filled up with hexadecimal digits until the collection is as large as asked for. */
  private void payload(StringBuilder text, int n) {
    text.append(event(n));
    long due = (long) spec.bytes() * n / spec.payloads() - 3;
    int missing = (int) (due - text.length() - OPEN_PADDING.length() - 1);
    if (missing > 0) {
      text.append(OPEN_PADDING).append(hex(missing)).append('"');
    }
    text.append('}');
  }

  private String event(int n) {
    return String.format(
        Locale.ROOT,
        "{\"event\":%d,\"host\":\"host-%04d.example\",\"user\":\"S-1-5-21-%d\","
            + "\"image\":\"C:\\\\Windows\\\\System32\\\\svc%d.exe\",\"sha256\":\"%s\",\"md5\":\"%s\","
            + "\"parent\":%d,\"time\":\"2026-11-23T%02d:%02d:%02d.%03dZ\"",
        n,
        random.nextInt(10_000),
        random.nextInt(1 << 30),
        random.nextInt(100),
        hex(64),
        hex(32),
        random.nextInt(65_536),
        random.nextInt(24),
        random.nextInt(60),
        random.nextInt(60),
        random.nextInt(1000));
  }

  private String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(HEX.charAt(random.nextInt(16)));
    }
    return text.toString();
  }
}
