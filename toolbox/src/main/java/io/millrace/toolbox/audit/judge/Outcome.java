package io.millrace.toolbox.audit.judge;

import java.util.Locale;

/** What became of a payload that was acknowledged. */
public enum Outcome {
  /** Stored once, with the bytes that were acknowledged. */
  PROVEN,
  /** Nowhere, and the queue is empty. */
  MISSING,
  /** Stored once, with other bytes, or in a frame that can't be read. */
  DIFFERENT,
  /** Stored at more than one place. */
  DOUBLE,
  /** In the dead-letter queue and not stored. */
  DEAD_LETTERED,
  /** Not stored, but may still be on the queue. */
  UNSETTLED,
  /** The store did not answer. */
  UNREAD;

  /** As reports write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether this is a reason to say that the pipeline failed. */
  public boolean isWrong() {
    return this == MISSING || this == DIFFERENT || this == DOUBLE;
  }
}
