package io.millrace.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of something come in a time, as people type it, the same for every option that takes a
 * rate.
 *
 * @param perSecond 0 or more
 */
public record Rate(double perSecond) {
  /** Nothing comes; or, where an option says so, there is no limit. */
  public static final Rate ZERO = new Rate(0);

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)([kM]?)(?:/(s|min|h|day))?");

  /**
   * Reads {@code 600}, which is a second, {@code 600/s}, {@code 16.7k/s}, {@code 1.5M/min}, {@code
   * 5000/h} or {@code 20M/day}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Rate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no rate like 1000/s, 1000 (a second), 16.7k/s, 1M/min, 5000/h or 20M/day");
    }
    double times =
        switch (form.group(2)) {
          case "k" -> 1e3;
          case "M" -> 1e6;
          default -> 1;
        };
    String unit = form.group(3) == null ? "s" : form.group(3);
    double seconds =
        switch (unit) {
          case "s" -> 1;
          case "min" -> 60;
          case "h" -> 3600;
          default -> 86400;
        };
    return new Rate(Double.parseDouble(form.group(1)) * times / seconds);
  }
}
