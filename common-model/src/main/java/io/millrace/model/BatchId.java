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

  @Override
  public String toString() {
    return writer + "-" + seq;
  }
}
