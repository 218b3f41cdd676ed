package io.millrace.web.http.body;

import io.millrace.time.Ticker;
import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.answer.ProblemType;
import java.time.Duration;

/**
 * What a body may take.
 *
 * @param maxBytes sent or unpacked
 * @param maxTime from its headers to its last byte
 * @param ticker the time
 */
public record BodyLimits(int maxBytes, Duration maxTime, Ticker ticker) {
  /**
   * The least rate of a body, from {@link #GRACE} on: a twentieth of what a GPRS uplink brings, so
   * that only a body which stands still, or pretends to come, is below it.
   */
  static final int MIN_BYTES_PER_SECOND = 1024;

  /** Three packets lost in a row (1 s, 2 s and 4 s until each is sent again) fit in. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final long NANOS_PER_BYTE = 1_000_000_000L / MIN_BYTES_PER_SECOND;

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

  /** The time now, as {@link Ticker#nanos} tells it. */
  long nowNanos() {
    return ticker.nanos();
  }

  /** Whether a body that has come that far has taken too long, in all or for its bytes. */
  boolean isTooSlow(long startedNanos, long receivedBytes) {
    long age = ticker.nanos() - startedNanos;
    return age > maxTime.toNanos() || age > GRACE.toNanos() + receivedBytes * NANOS_PER_BYTE;
  }

  ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.REQUEST_TIMEOUT,
        "the body has to come within %d ms, and after %d ms at %d bytes a second"
            .formatted(maxTime.toMillis(), GRACE.toMillis(), MIN_BYTES_PER_SECOND));
  }

  static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "the body has more than " + maxBytes + " bytes");
  }
}
