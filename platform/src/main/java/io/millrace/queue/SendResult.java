package io.millrace.queue;

/** What the sender of a message knows afterwards. */
public sealed interface SendResult {
  /**
   * The queue has the message.
   *
   * @param messageId the queue's name for it
   */
  record Sent(String messageId) implements SendResult {}

  /** The queue surely doesn't have it: the service refused (4xx), or no connection was made. */
  record Refused(QueueException cause) implements SendResult {}

  /** The queue may have it: no answer in time, a broken connection, a 5xx. */
  record Unknown(QueueException cause) implements SendResult {}
}
