package io.millrace.toolbox.audit.look;

import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dead-letter queue held. Immutable.
 *
 * @param headers of the letters, by their batches
 * @param letters all that were read
 * @param nameless letters whose header can't be read: nobody knows their batch
 * @param others letters that the queue counts and that could not be read, approximately
 * @param failure why it could not be read; null if it could
 */
public record LettersSeen(
    Map<BatchId, MessageHeader> headers,
    long letters,
    long nameless,
    long others,
    @Nullable String failure) {
  /** Whether all letters were read. */
  public boolean complete() {
    return failure == null && others == 0;
  }
}
