package io.millrace.worker;

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
import org.jspecify.annotations.Nullable;

/**
 * A queue in memory whose receives wait, as long polls do, so that poller threads don't spin. Its
 * clock begins when the sample batches are opened.
 */
final class WaitingQueue implements MessageQueue {
  /** How often a receive looks for messages whose visibility has ended. */
  private static final long LOOK_MS = 20;

  private final FakeMessageQueue queue;
  private boolean stopped;
  private @Nullable Error failure;

  WaitingQueue() {
    long start = System.nanoTime();
    queue =
        new FakeMessageQueue(() -> SampleBatches.OPENED + (System.nanoTime() - start) / 1_000_000);
  }

  private WaitingQueue(FakeMessageQueue queue) {
    this.queue = queue;
  }

  /** The same messages by a connection of its own, for another worker. */
  WaitingQueue connect() {
    return new WaitingQueue(queue);
  }

  List<String> bodies() {
    return queue.bodies();
  }

  List<Map<String, String>> attributes() {
    return queue.attributes();
  }

  @Override
  public synchronized SendResult send(
      String body, Map<String, String> attributes, Duration timeout) {
    notifyAll();
    return queue.send(body, attributes, timeout);
  }

  @Override
  public synchronized List<ReceivedMessage> receive(int max, Duration wait, Duration visibility) {
    try {
      while (queue.counts().visible() == 0 && !stopped) {
        throwIfAsked();
        wait(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueueException("receive", e);
    }
    if (stopped) {
      throw new QueueException("receiving was stopped", new IllegalStateException());
    }
    throwIfAsked();
    return queue.receive(max, wait, visibility);
  }

  /** All further receives fail so. */
  synchronized void failReceives(Error error) {
    failure = error;
    notifyAll();
  }

  private void throwIfAsked() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized void stopReceiving() {
    stopped = true;
    notifyAll();
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
  public void close() {}
}
