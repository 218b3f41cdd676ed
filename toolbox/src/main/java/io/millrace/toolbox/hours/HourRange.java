package io.millrace.toolbox.hours;

import io.millrace.model.Hour;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * A half-open range of whole UTC hours: from the hour that holds {@code from} up to the last one
 * that begins before {@code to}.
 *
 * @param from null for no lower end
 * @param to null for no upper end
 */
public record HourRange(@Nullable Instant from, @Nullable Instant to) {

  /** Path of the first hour as of {@link Hour#path}; empty if there is no lower end. */
  public String firstPath() {
    return from == null ? "" : new Hour(from).path();
  }

  /** Whether an hour, by its path, lies before the range's end. */
  public boolean beginsInTime(String hourPath) {
    if (to == null) {
      return true;
    }
    Instant lastInside = to.minusNanos(1).truncatedTo(ChronoUnit.HOURS);
    return hourPath.compareTo(new Hour(lastInside).path()) <= 0;
  }

  /** Whether an hour, by its path, lies in the range. */
  public boolean contains(String hourPath) {
    return hourPath.compareTo(firstPath()) >= 0 && beginsInTime(hourPath);
  }

  /** Reads an instant, a date (its first hour) or an hour, in UTC. */
  public static final class Converter implements ITypeConverter<Instant> {
    private static final int DATE_LENGTH = "2026-11-23".length();
    private static final int HOUR_LENGTH = "2026-11-23T05".length();

    @Override
    public Instant convert(String text) {
      if (text.length() == DATE_LENGTH) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      if (text.length() == HOUR_LENGTH) {
        return LocalDateTime.parse(text + ":00", DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .toInstant(ZoneOffset.UTC);
      }
      return Instant.parse(text);
    }
  }
}
