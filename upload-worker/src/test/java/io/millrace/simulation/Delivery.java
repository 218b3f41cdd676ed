package io.millrace.simulation;

import io.millrace.model.Hour;

/**
 * A message, received.
 *
 * @param handle names this delivery
 * @param receiveCount this one included
 * @param sentMs by the queue's clock
 */
record Delivery(Message message, String id, long handle, int receiveCount, long sentMs) {
  String batch() {
    return message.batch();
  }

  Hour hour() {
    return Hour.of(message.openedMs());
  }

  @Override
  public String toString() {
    return "%s %s (receive %d)".formatted(id, message, receiveCount);
  }
}
