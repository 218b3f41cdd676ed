package io.millrace.simulation;

import io.millrace.model.Codec;

/**
 * What is on a queue.
 *
 * @param batch that it carries
 * @param openedMs when the batch was opened, by its web tier's clock
 * @param resent the header's mark
 * @param deadLetter whether it carries the attributes of a dead letter
 * @param from id of the message on the other queue that this is a copy of; empty if it is none
 */
record Message(
    String batch, long openedMs, Codec codec, boolean resent, boolean deadLetter, String from) {

  Message asResent() {
    return new Message(batch, openedMs, codec, true, deadLetter, from);
  }

  Message openedAt(long ms) {
    return new Message(batch, ms, codec, resent, deadLetter, from);
  }

  /** A copy of that message on the other queue. */
  Message copyOf(String id) {
    return new Message(batch, openedMs, codec, resent, deadLetter, id);
  }

  Message withDeadLetter(boolean told) {
    return new Message(batch, openedMs, codec, resent, told, from);
  }

  @Override
  public String toString() {
    return batch + (resent ? " resent" : "") + (deadLetter ? " dead letter" : "");
  }
}
