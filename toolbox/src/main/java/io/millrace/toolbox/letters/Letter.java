package io.millrace.toolbox.letters;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.ReceivedMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of the dead-letter queue.
 *
 * @param message as it was received
 * @param header of its body; null if not even that can be read
 * @param fault why a worker can't use the body; null if it can
 */
public record Letter(
    ReceivedMessage message, @Nullable MessageHeader header, @Nullable String fault) {
  private static final String NO_REASON = "moved by the queue's redrive policy (no reason told)";

  /** Reads what can be read of a message. */
  static Letter of(ReceivedMessage message) {
    MessageHeader header = null;
    try {
      header = MessageCodec.decodeHeader(message.body());
      MessageCodec.decode(message.body());
      return new Letter(message, header, null);
    } catch (UndecodableException wrong) {
      return new Letter(message, header, String.valueOf(wrong.getMessage()));
    }
  }

  /** The dead-letter queue's name for it, the same at every look. */
  public String id() {
    return message.messageId();
  }

  /** Why it was moved; may quote a few characters of the header. */
  public String reason() {
    return message.attributes().getOrDefault(DeadLetterAttributes.REASON, NO_REASON);
  }

  /** Whether a worker can use its body. */
  public boolean isDecodable() {
    return fault == null;
  }

  /**
   * When it was moved, by the worker's clock. The queue's redrive policy doesn't tell; then it is
   * when the message was sent.
   */
  public Instant movedAt() {
    Map<String, String> attributes = message.attributes();
    String told = attributes.get(DeadLetterAttributes.DEAD_LETTERED_AT);
    if (told != null && attributes.containsKey(DeadLetterAttributes.REASON)) {
      try {
        return Instant.parse(told);
      } catch (DateTimeException foreign) {
        return Instant.ofEpochMilli(message.sentMs());
      }
    }
    return Instant.ofEpochMilli(message.sentMs());
  }
}
