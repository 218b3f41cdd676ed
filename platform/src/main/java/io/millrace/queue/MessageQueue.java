package io.millrace.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A queue that delivers at least once and in no order: what Millrace needs of SQS, no more.
 *
 * <p>Thread-safe. No call retries by itself. Calls other than {@link #send} throw {@link
 * QueueException} when the service refuses or does not answer.
 *
 * <p>A thread that is interrupted before a call gets the exception at once and keeps its interrupt
 * flag. Calls under way end by the answer or their timeouts, and one that runs into its timeout may
 * lose the flag: whoever stops a thread sets a flag of its own too, and ends a long poll by {@link
 * #stopReceiving}.
 */
public interface MessageQueue extends AutoCloseable {
  /** SQS's limit of messages in one receive, delete or visibility call. */
  int MAX_BATCH_ENTRIES = 10;

  /** What to send at most to a queue that tells no limit: the service's before August 2025. */
  int DEFAULT_MAX_MESSAGE_BYTES = 262_144;

  /**
   * Sends one message.
   *
   * @param body XML-legal text
   * @param attributes string attributes, may be empty
   * @param timeout how long to wait for the answer, more than 0
   * @return what is known afterwards; never throws for a fault of the service
   */
  SendResult send(String body, Map<String, String> attributes, Duration timeout);

  /**
   * Receives messages, waiting until there is one.
   *
   * @param max 1 to {@value #MAX_BATCH_ENTRIES}
   * @param wait 0 to 20 s, the service's limit
   * @param visibility how long the messages stay hidden from others, whole seconds
   * @return none if the wait ended
   */
  List<ReceivedMessage> receive(int max, Duration wait, Duration visibility);

  /**
   * Breaks off receives that wait, and refuses later ones. A message that was just on its way comes
   * again after its visibility timeout; so let receives end by themselves for a moment before.
   */
  void stopReceiving();

  /**
   * Deletes messages. A message that is gone already, or was delivered again meanwhile, may be
   * among those not deleted or not, as the server likes.
   *
   * @param receiptHandles 1 to {@value #MAX_BATCH_ENTRIES}
   * @return the handles that were not deleted, each with the reason
   */
  Map<String, String> delete(List<String> receiptHandles);

  /**
   * Sets anew how long messages stay hidden, counted from now. The handle of a message that was
   * delivered again meanwhile fails or moves that delivery, as the server likes.
   *
   * @param receiptHandles 1 to {@value #MAX_BATCH_ENTRIES}
   * @param visibility 0 hands them back at once; at most 12 h, the service's limit
   * @return the handles for which it failed, each with the reason
   */
  Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility);

  /** Approximate counts, as the service tells them. */
  QueueCounts counts();

  /** The largest message the queue takes, in bytes; empty if the service tells none. */
  OptionalInt maxMessageBytes();

  /** Ends the calls under way; they throw, or send's outcome is unknown. */
  @Override
  void close();
}
