package io.millrace.queue;

/** Attributes that a worker gives a message that it moves to the dead letters. */
public final class DeadLetterAttributes {
  /** How many a worker adds to those that the message had. */
  public static final int COUNT = 3;

  /** Why it was moved, in printable ASCII. */
  public static final String REASON = "reason";

  /** The id that the message had in the main queue. */
  public static final String ORIGINAL_MESSAGE_ID = "original-message-id";

  /** When it was moved, ISO 8601 in UTC. A worker that meets it sees that it was dead before. */
  public static final String DEAD_LETTERED_AT = "dead-lettered-at";

  private DeadLetterAttributes() {}
}
