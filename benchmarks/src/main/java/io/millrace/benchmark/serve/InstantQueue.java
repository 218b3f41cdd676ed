package io.millrace.benchmark.serve;

import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A queue that takes every message at once and keeps none. Stateless and thread-safe. */
final class InstantQueue implements MessageQueue {
  private static final SendResult SENT = new SendResult.Sent("instant");

  @Override
  public SendResult send(String body, Map<String, String> attributes, Duration timeout) {
    return SENT;
  }

  @Override
  public List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    return List.of();
  }

  @Override
  public void stopReceiving() {}

  @Override
  public Map<String, String> delete(List<String> receiptHandles) {
    return Map.of();
  }

  @Override
  public Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility) {
    return Map.of();
  }

  @Override
  public QueueCounts counts() {
    return new QueueCounts(0, 0, 0);
  }

  @Override
  public OptionalInt maxMessageBytes() {
    return OptionalInt.empty();
  }

  @Override
  public void close() {}
}
