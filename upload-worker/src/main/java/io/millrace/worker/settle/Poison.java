package io.millrace.worker.settle;

import io.millrace.queue.ReceivedMessage;
import java.util.Locale;

/**
 * A message to be moved to the dead letters.
 *
 * @param message as received
 * @param kind counted and logged
 * @param reason told to the dead-letter queue only: it may quote the message
 */
public record Poison(ReceivedMessage message, Kind kind, String reason) {
  /** Why messages go to the dead letters; a tag of the metric that counts them. */
  public enum Kind {
    /** The body can't be taken apart, has a wrong crc32c, an unknown version or wrong lines. */
    UNDECODABLE,
    /** The store refuses it for good, while it takes others. */
    REFUSED_BY_STORE,

    /** It was received more than MAX_RECEIVES times. */
    RECEIVED_TOO_OFTEN,
    /** One with the same batch id and other bytes is held or stored: one of the two is forged. */
    CONTRADICTION;

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
