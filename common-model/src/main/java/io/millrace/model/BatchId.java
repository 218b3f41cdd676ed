package io.millrace.model;

import java.util.regex.Pattern;

/**
 * Names a batch: {@code <writer>-<seq>}.
 *
 * @param writer the run of the web process, see {@link WriterId}
 * @param seq counts this writer's batches from 1 without gaps, at most {@link #MAX_SEQ}
 */
public record BatchId(String writer, long seq) {
  /**
   * The largest number: a writer that closed a batch every millisecond would reach it after 31
   * years. So nobody who reads numbers back has to count further.
   */
  public static final long MAX_SEQ = 1_000_000_000_000L;

  private static final Pattern SEQ = Pattern.compile("[1-9][0-9]{0,12}");

  /** A web process sends a few hundred a second; SQS takes a call each. */
  private static final long MAX_BATCHES_PER_MS = 1;

  /** A process's clock may be set back after its start. */
  private static final long CLOCK_STEPS = 10_000_000;

  public BatchId {
    if (!WriterId.isValid(writer)) {
      throw new IllegalArgumentException("not a writer id: " + writer);
    }
    if (seq < 1 || seq > MAX_SEQ) {
      throw new IllegalArgumentException("batch number is " + seq + ", not 1 to " + MAX_SEQ);
    }
  }

  /**
   * Reads {@code <writer>-<seq>}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static BatchId parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash < 0 || !SEQ.matcher(text.substring(dash + 1)).matches()) {
      throw new IllegalArgumentException("not a batch id: " + text);
    }
    return new BatchId(text.substring(0, dash), Long.parseLong(text.substring(dash + 1)));
  }

  /**
   * Whether its writer can have come as far by then. A number that no process reaches was made up:
   * whoever counts up to it, or reports what is absent below it, is led astray.
   *
   * @param epochMs when it is said to have been opened, ms since the epoch
   */
  public boolean isReachedBy(long epochMs) {
    long ms = Math.max(0, epochMs - WriterId.epochMs(writer));
    return seq - CLOCK_STEPS <= ms * MAX_BATCHES_PER_MS;
  }

  @Override
  public String toString() {
    return writer + "-" + seq;
  }
}
