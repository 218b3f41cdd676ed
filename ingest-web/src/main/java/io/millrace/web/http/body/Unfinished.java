package io.millrace.web.http.body;

/**
 * A body of which bytes are still to come. {@code ConnectionWatch} asks, while the thread that
 * reads it may be at work: the answers may be a little old.
 */
public interface Unfinished {
  /** Whether it has taken too long, in all or for its bytes. */
  boolean isTooSlow();

  /** When its headers had come, as {@code Ticker.nanos} tells. */
  long startedNanos();

  /** Bytes that have come. */
  long receivedBytes();

  /** Bytes of the budget that its end gives back. */
  long heldBytes();
}
