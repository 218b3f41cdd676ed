package io.millrace.worker.receive;

import io.millrace.config.Capacity;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import io.millrace.worker.store.Gate;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives messages, but never one that there is no room for: bytes for the largest answer are
 * reserved before the call, and what it didn't need is given back.
 *
 * <p>One thread's own, but for {@link #caughtUpMs}.
 */
public final class Poller {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final MessageQueue queue;
  private final Duration visibility;
  private final Intake intake;
  private final QueueDepth depth;
  private final Gate gate;
  private final Backoff backoff;
  private final Ticker ticker;
  private final PollMetrics metrics;
  private final FailureStreak streak = new FailureStreak();
  private volatile long caughtUpMs;

  /**
   * @param visibility how long received messages stay hidden, whole seconds
   * @param gate closed while the store fails: nothing is received then
   * @param backoff after a failed receive
   */
  public Poller(
      MessageQueue queue,
      Duration visibility,
      Intake intake,
      QueueDepth depth,
      Gate gate,
      Backoff backoff,
      Ticker ticker,
      PollMetrics metrics) {
    this.queue = queue;
    this.visibility = visibility;
    this.intake = intake;
    this.depth = depth;
    this.gate = gate;
    this.backoff = backoff;
    this.ticker = ticker;
    this.metrics = metrics;
  }

  /**
   * Waits for room and for the store to work, receives once and takes in what came; after a failed
   * receive it waits a while.
   *
   * @return true: there is always a next time
   * @throws InterruptedException if told to stop; what was received and not taken in comes again
   *     after its visibility timeout
   */
  public boolean runOnce() throws InterruptedException {
    intake.reserve();
    List<ReceivedMessage> messages = List.of();
    long begin;
    try {
      gate.awaitOpen();
      begin = ticker.now().epochMs();
      messages = receive();
    } finally {
      intake.takeIn(messages, ticker.now());
    }
    if (streak.length() > 0) {
      ticker.pause(backoff.delay(streak.length()));
    } else if (messages.size() < MessageQueue.MAX_BATCH_ENTRIES) {
      if (!depth.mayHide(messages.size())) {
        caughtUpMs = begin;
      }
      if (!messages.isEmpty()) {
        ticker.pause(Capacity.GATHER);
      }
    }
    return true;
  }

  /**
   * When the last receive began that brought fewer messages than it could, so that no more were
   * there; ms since the epoch, 0 before the first.
   */
  long caughtUpMs() {
    return caughtUpMs;
  }

  private List<ReceivedMessage> receive() throws InterruptedException {
    try {
      List<ReceivedMessage> messages =
          queue.receive(MessageQueue.MAX_BATCH_ENTRIES, Capacity.LONG_POLL, visibility);
      metrics.polled(messages.size());
      int failures = streak.succeeded();
      if (failures > 0) {
        LOG.info("Receiving again after {} failures in a row", failures);
      }
      return messages;
    } catch (QueueException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("interrupted while polling");
      }
      metrics.receiveFailed();
      if (streak.failed()) {
        LOG.warn("Receiving fails ({} in a row): {}", streak.length(), e.getMessage());
      }
      return List.of();
    }
  }
}
