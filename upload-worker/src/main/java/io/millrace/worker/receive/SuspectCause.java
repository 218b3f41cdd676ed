package io.millrace.worker.receive;

import java.util.Locale;

/** Why a batch may be stored already; a tag of the metric that counts them. */
enum SuspectCause {
  /** The queue tells no receive count, so every message may have come before. */
  RECEIVE_COUNT_MISSING,
  /** It was received before. */
  REDELIVERED,
  /** Its web tier tried to send it before. */
  RESENT,
  /** It was a dead letter once. */
  DEAD_LETTER,
  /** It was sent long after it was opened: moved by another hand, or the clocks are apart. */
  LATE;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
