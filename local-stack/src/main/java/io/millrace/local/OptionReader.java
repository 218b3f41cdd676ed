package io.millrace.local;

import io.millrace.config.Durations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the text of options into values, and gathers what is wrong with them, so that all errors
 * are told at once. A bad option reads as zero. Not thread-safe.
 */
final class OptionReader {
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

  /** A time above zero, in the forms of {@link Durations}. */
  Duration duration(String option, String text) {
    try {
      Duration duration = Durations.parse(text);
      if (duration.isZero()) {
        errors.add(option + ": expected a time of more than 0, got '" + text + "'");
      }
      return duration;
    } catch (IllegalArgumentException e) {
      errors.add(option + ": " + e.getMessage());
      return Duration.ZERO;
    }
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
