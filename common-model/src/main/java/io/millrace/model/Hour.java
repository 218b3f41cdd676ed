package io.millrace.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The UTC hour that a batch belongs to, by its {@code opened}.
 *
 * @param start the hour's first instant
 */
public record Hour(Instant start) implements Comparable<Hour> {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter OF_DAY =
      DateTimeFormatter.ofPattern("HH").withZone(ZoneOffset.UTC);

  public Hour {
    start = start.truncatedTo(ChronoUnit.HOURS);
  }

  /** The hour of an instant in ms since the epoch. */
  public static Hour of(long epochMs) {
    return new Hour(Instant.ofEpochMilli(epochMs));
  }

  /** {@code dt=YYYY-MM-DD/hour=HH}, the partition's folder without a slash at its end. */
  public String path() {
    return "dt=" + date() + "/hour=" + ofDay();
  }

  /** {@code YYYY-MM-DD}. */
  public String date() {
    return DATE.format(start);
  }

  /** {@code 00} to {@code 23}. */
  public String ofDay() {
    return OF_DAY.format(start);
  }

  @Override
  public int compareTo(Hour other) {
    return start.compareTo(other.start);
  }

  @Override
  public String toString() {
    return path();
  }
}
