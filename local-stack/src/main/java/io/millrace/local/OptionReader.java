package io.millrace.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns the text of options into values, and gathers what is wrong with them, so that all errors
 * are told at once. A bad option reads as zero. Not thread-safe.
 */
final class OptionReader {
  private static final Pattern SHORT_DURATION = Pattern.compile("\\d+(\\.\\d+)?[smh]");

  private final List<String> errors = new ArrayList<>();

  /** A TCP port; 0 stands for any free one. */
  int port(String option, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    errors.add(option + ": expected a port, 0 to 65535 (0 = any free one), got '" + text + "'");
    return 0;
  }

  /** An address to listen at: an IP address or a name that has one. */
  String address(String option, String text) {
    try {
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      errors.add(option + ": expected an IP address or a name of this machine, got '" + text + "'");
      return "";
    }
  }

  /** A time above zero, as {@code 30s}, {@code 2m}, {@code 1h} or ISO-8601's {@code PT30S}. */
  Duration duration(String option, String text) {
    String iso = SHORT_DURATION.matcher(text).matches() ? "PT" + text : text;
    try {
      Duration duration = Duration.parse(iso.toUpperCase(Locale.ROOT));
      if (duration.compareTo(Duration.ZERO) > 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below, like a time that is not above zero.
    }
    errors.add(option + ": expected a time such as 30s, 2m, 1h or PT30S, got '" + text + "'");
    return Duration.ZERO;
  }

  /**
   * Ends the reading.
   *
   * @throws StartException naming every bad option, if there is one
   */
  void check() throws StartException {
    if (!errors.isEmpty()) {
      throw StartException.usage(errors);
    }
  }
}
