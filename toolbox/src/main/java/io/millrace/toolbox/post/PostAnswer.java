package io.millrace.toolbox.post;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back for one request. */
sealed interface PostAnswer {

  /**
   * The collection is accepted.
   *
   * @param receipt null if the answer has none, or none was asked for
   */
  record Accepted(@Nullable String receipt) implements PostAnswer {}

  /** Not accepted, and a further try would not help. */
  record Refused(int status, String reason) implements PostAnswer {}

  /**
   * Not accepted now.
   *
   * @param retryAfter how long the server asks to wait; null if it does not say
   */
  record Busy(int status, String reason, @Nullable Duration retryAfter) implements PostAnswer {}

  /**
   * No answer: no connection, a broken one, or a timeout. The collection may be accepted or not.
   */
  record Lost(String reason) implements PostAnswer {}
}
