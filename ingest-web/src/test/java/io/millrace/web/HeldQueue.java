package io.millrace.web;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A queue whose sends wait until they are let through; one that waits until its timeout is lost, as
 * in a black hole.
 *
 * <p>Thread-safe.
 */
final class HeldQueue implements MessageQueue {
  private final FakeMessageQueue queue;
  private final CountDownLatch open = new CountDownLatch(1);

  HeldQueue(FakeMessageQueue queue) {
    this.queue = queue;
  }

  /** Lets all sends through, those that wait and later ones. */
  void letThrough() {
    open.countDown();
  }

  @Override
  public SendResult send(String body, Map<String, String> attributes, Duration timeout) {
    try {
      if (!open.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new SendResult.Unknown(new QueueException("no answer", null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return queue.send(body, attributes, timeout);
  }

  @Override
  public List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    return queue.receive(max, wait, visibility);
  }

  @Override
  public Map<String, String> delete(List<String> receiptHandles) {
    return queue.delete(receiptHandles);
  }

  @Override
  public Map<String, String> changeVisibility(List<String> receiptHandles, Duration visibility) {
    return queue.changeVisibility(receiptHandles, visibility);
  }

  @Override
  public QueueCounts counts() {
    return queue.counts();
  }

  @Override
  public OptionalInt maxMessageBytes() {
    return queue.maxMessageBytes();
  }

  @Override
  public void stopReceiving() {}

  @Override
  public void close() {}
}
