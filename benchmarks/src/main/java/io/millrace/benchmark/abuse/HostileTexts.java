package io.millrace.benchmark.abuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The JSON of hostile collections.
 *
 * <p>Stateless and thread-safe.
 */
final class HostileTexts {
  static final String OPEN = "{\"version\":\"1\",\"token\":\"t\",\"data\":[";
  static final String CLOSE = "]}";

  private HostileTexts() {}

  /** A collection of one payload, or of several with commas between them. */
  static String payload(String payload) {
    return OPEN + payload + CLOSE;
  }

  /** A collection of that token, as a literal without its quotes. */
  static String tokenOf(String token, String data) {
    return "{\"version\":\"1\",\"token\":\"" + token + "\",\"data\":[" + data + "]}";
  }

  /** Deep and many times, in about so many bytes. */
  static String deep(int bytes) {
    String nested = "[".repeat(60) + "]".repeat(60);
    return "{\"n\":[" + repeated(nested, bytes) + "]}";
  }

  /** As many, with commas between them, as make about so many bytes. */
  static String repeated(String text, int bytes) {
    int count = bytes / (text.length() + 1);
    return (text + ",").repeat(count - 1) + text;
  }

  /** So many different names. */
  static List<String> names(int count) {
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(String.format("n%07x", i));
    }
    return names;
  }

  /** An object with these fields. */
  static String object(List<String> names) {
    StringBuilder text = new StringBuilder("{");
    for (String name : names) {
      text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":0");
    }
    return text.append('}').toString();
  }

  /** Events of letters by chance, which hardly compress, in about so many bytes. */
  static String letters(int bytes, int eventBytes) {
    Random random = new Random(5);
    StringBuilder events = new StringBuilder(bytes);
    while (events.length() < bytes - eventBytes) {
      events.append(events.isEmpty() ? "" : ",").append("{\"n\":\"");
      random.ints(eventBytes - 10, '#', '[').forEach(events::appendCodePoint);
      events.append("\"}");
    }
    return events.toString();
  }
}
