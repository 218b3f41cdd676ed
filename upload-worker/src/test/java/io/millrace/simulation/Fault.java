package io.millrace.simulation;

/** What may go wrong, and how often at most, at each occasion. */
enum Fault {
  /** A process is gone between two of its steps; another is started in its place. */
  CRASH(0.03),
  /** A process stands still between two of its steps, up to several visibility timeouts. */
  PAUSE(0.03),
  /** A worker is told to stop, writes what it can and hands back the rest. */
  STOP(0.1),
  /** The store surely did nothing, but that is not for the caller to know. */
  STORE_REFUSES(0.2),
  STORE_SLOW(0.3),
  /** The caller gives up; what it put is stored all the same, before or long after that. */
  PUT_ANSWER_LOST(0.5),
  READ_FAILS(0.2),
  /** The queue refuses a message, and says so. */
  SEND_REFUSED(0.2),
  /** The sender gives up; the message is on the queue all the same, before or long after that. */
  SEND_ANSWER_LOST(0.4),
  /** No answer, and no message. */
  SEND_LOST(0.2),
  /** Messages count as received, but no one got them. */
  RECEIVE_ANSWER_LOST(0.2),
  /** A message is delivered once more although it is in flight. */
  DELIVERED_AGAIN(0.6),
  DELETE_LOST(0.4),
  DELETE_ANSWER_LOST(0.2),
  /** A message is delivered once more although it was deleted. */
  DELETED_COMES_AGAIN(0.4),
  EXTENSION_LOST(0.5);

  private final double mostLikely;

  Fault(double mostLikely) {
    this.mostLikely = mostLikely;
  }

  double mostLikely() {
    return mostLikely;
  }
}
