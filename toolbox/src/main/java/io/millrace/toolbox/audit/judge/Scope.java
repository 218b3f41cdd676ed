package io.millrace.toolbox.audit.judge;

import io.millrace.model.Hour;
import io.millrace.toolbox.hours.HourRange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be judged: batches of a range of hours, of all writers or one. The hours before and
 * after are read as well, because a writer's numbers go on over hours: the neighbours of an absent
 * number tell whether it belongs into the range, and a later header tells what was abandoned in it.
 * Immutable.
 *
 * @param hours whole hours
 * @param writer null for all
 */
public record Scope(HourRange hours, @Nullable String writer) {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Where a time lies. */
  public enum Place {
    BEFORE,
    INSIDE,
    AFTER
  }

  /** The hours to read: one more at either end. */
  public HourRange hoursRead() {
    Instant from = hours.from();
    Instant to = hours.to();
    return new HourRange(from == null ? null : from.minus(HOUR), to == null ? null : to.plus(HOUR));
  }

  /** Whether this writer's numbers are judged. */
  public boolean covers(String someWriter) {
    return writer == null || writer.equals(someWriter);
  }

  /** Where a batch lies that was opened then, in ms since the epoch. */
  public Place place(long opened) {
    Instant time = Instant.ofEpochMilli(opened);
    Instant begin = begin();
    if (begin != null && time.isBefore(begin)) {
      return Place.BEFORE;
    }
    Instant end = end();
    return end != null && !time.isBefore(end) ? Place.AFTER : Place.INSIDE;
  }

  /** Whether a writer that began then, in ms since the epoch, began in an hour that is read. */
  boolean sawBeginning(long began) {
    Instant begin = begin();
    return begin == null || !Instant.ofEpochMilli(began).isBefore(begin.minus(HOUR));
  }

  /** The first hour's start; null if the range has none. */
  public @Nullable Instant begin() {
    Instant from = hours.from();
    return from == null ? null : new Hour(from).start();
  }

  /** The last hour's end; null if the range has none. */
  public @Nullable Instant end() {
    Instant to = hours.to();
    return to == null ? null : new Hour(to.minusNanos(1)).start().plus(HOUR);
  }
}
