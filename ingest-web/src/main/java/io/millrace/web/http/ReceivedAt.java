package io.millrace.web.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes moments as the lines have them, ISO 8601 with milliseconds and Z. Keeps the last text:
 * under load many collections come within one millisecond.
 *
 * <p>Thread-safe.
 */
final class ReceivedAt {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private volatile Text last = new Text(0, format(0));

  private record Text(long epochMs, String text) {}

  /** The text of a moment in ms since the epoch. */
  String text(long epochMs) {
    Text text = last;
    if (text.epochMs != epochMs) {
      text = new Text(epochMs, format(epochMs));
      last = text;
    }
    return text.text;
  }

  private static String format(long epochMs) {
    return FORMAT.format(Instant.ofEpochMilli(epochMs));
  }
}
