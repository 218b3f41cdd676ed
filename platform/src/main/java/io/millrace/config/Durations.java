package io.millrace.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people type them, the same for every option that takes one. Stateless and
 * thread-safe.
 */
public final class Durations {
  /** So that it still fits a count of nanoseconds: 11 years. */
  private static final Duration LONGEST = Duration.ofHours(100_000);

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h)");

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 0.5s}, {@code 30s}, {@code 2m}, {@code 1h}, or ISO-8601's {@code
   * PT30S}.
   *
   * @return 0 to 100,000 hours
   * @throws IllegalArgumentException if the text has another form, or tells more or less than that
   */
  public static Duration parse(String text) {
    Duration duration = read(text);
    if (duration == null || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration like 500ms, 30s, 2m, 1h or PT30S");
    }
    return duration;
  }

  private static @Nullable Duration read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException anotherForm) {
        return null;
      }
    }
    long nanos =
        switch (form.group(2)) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        };
    BigDecimal exact = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(nanos));
    BigDecimal[] seconds = exact.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    return Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue());
  }
}
