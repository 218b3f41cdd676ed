package io.millrace.simulation;

/** A message on a queue. */
final class Entry {
  private final String id;
  private final Message message;
  private final long sentMs;
  private int receiveCount;
  private long handle;
  private long visibleAtMs;

  /**
   * @param id the queue's name for it
   * @param sentMs when the queue took it, by the queue's clock
   */
  Entry(String id, Message message, long sentMs) {
    this.id = id;
    this.message = message;
    this.sentMs = sentMs;
  }

  String id() {
    return id;
  }

  Message message() {
    return message;
  }

  long sentMs() {
    return sentMs;
  }

  int receiveCount() {
    return receiveCount;
  }

  boolean isVisible(long nowMs) {
    return visibleAtMs <= nowMs;
  }

  void hideUntil(long ms) {
    visibleAtMs = ms;
  }

  Delivery deliver(long newHandle) {
    handle = newHandle;
    receiveCount++;
    return new Delivery(message, id, handle, receiveCount, sentMs);
  }

  boolean isLatest(Delivery delivery) {
    return handle == delivery.handle();
  }

  @Override
  public String toString() {
    return id + " " + message;
  }
}
