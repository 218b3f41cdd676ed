package io.millrace.web.http;

import io.millrace.pace.Ticker;
import java.time.Duration;

/**
 * What a body may take.
 *
 * @param maxBytes sent or unpacked
 * @param maxTime from its headers to its last byte
 * @param ticker the time
 */
record BodyLimits(int maxBytes, Duration maxTime, Ticker ticker) {
  /** When a body must be there that begins now, as {@link Ticker#nanos} tells. */
  long deadlineNanos() {
    return ticker.nanos() + maxTime.toNanos();
  }

  boolean isOver(long deadlineNanos) {
    return ticker.nanos() - deadlineNanos > 0;
  }

  ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.REQUEST_TIMEOUT, "the body did not come within " + maxTime.toMillis() + " ms");
  }

  static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "the body has more than " + maxBytes + " bytes");
  }
}
