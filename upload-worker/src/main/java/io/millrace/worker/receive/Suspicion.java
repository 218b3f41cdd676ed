package io.millrace.worker.receive;

import io.millrace.codec.MessageHeader;
import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.FailureStreak;
import io.millrace.worker.exactlyonce.StoreOnceRules;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which messages are suspects, counts them by cause, and says what is odd about a queue or a
 * clock that makes suspects of all: each costs a claim and a look at the manifests.
 *
 * <p>Thread-safe.
 */
final class Suspicion {
  private static final Logger LOG = LoggerFactory.getLogger(Suspicion.class);

  private final PollMetrics metrics;

  /** Never ended, so that each is logged ever more seldom. */
  private final FailureStreak uncounted = new FailureStreak();

  private final FailureStreak late = new FailureStreak();

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

  Suspicion(PollMetrics metrics) {
    this.metrics = metrics;
  }

  /** Whether another delivery of the batch may be in a roll, or stored. */
  boolean isSuspect(ReceivedMessage message, MessageHeader header) {
    boolean letter = message.attributes().containsKey(DeadLetterAttributes.DEAD_LETTERED_AT);
    if (!StoreOnceRules.isSuspect(
        message.receiveCount(), header.resent() || letter, message.sentMs(), header.opened())) {
      return false;
    }
    SuspectCause cause = cause(message, header, letter);
    metrics.suspected(cause);
    if (cause == SuspectCause.RECEIVE_COUNT_MISSING && uncounted.failed()) {
      LOG.warn(
          "The queue tells no receive count ({} messages so far): each of them is looked for in the"
              + " store before it is stored",
          uncounted.length());
    } else if (cause == SuspectCause.LATE && late.failed()) {
      LOG.warn(
          "Batch {} was sent {} s after it was opened ({} such so far): the clocks of its web tier"
              + " and the queue are apart, or it was moved here by another hand; it is looked for"
              + " in the store first",
          header.batch(),
          (message.sentMs() - header.opened()) / 1000,
          late.length());
    }
    return true;
  }

  private static SuspectCause cause(ReceivedMessage message, MessageHeader header, boolean letter) {
    if (message.receiveCount() < 1) {
      return SuspectCause.RECEIVE_COUNT_MISSING;
    }
    if (message.receiveCount() > 1) {
      return SuspectCause.REDELIVERED;
    }
    if (header.resent()) {
      return SuspectCause.RESENT;
    }
    return letter ? SuspectCause.DEAD_LETTER : SuspectCause.LATE;
  }
}
