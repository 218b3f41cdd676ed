package io.millrace.worker.receive;

import io.millrace.config.Capacity;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Moment;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.settle.DeadLetters;
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
  private final RollQueue rolls;
  private final Intake intake;
  private final DeadLetters deadLetters;
  private final QueueDepth depth;
  private final Options options;
  private final FailureStreak streak = new FailureStreak();
  private volatile long caughtUpMs;

  /**
   * How to poll.
   *
   * @param visibility how long received messages stay hidden, whole seconds
   * @param maxMessageBytes the largest message the queue tells of; counted as 1 MiB at least,
   *     because a queue that tells nothing may carry that
   * @param gate closed while the store fails: nothing is received then
   * @param backoff after a failed receive
   * @param metrics counts
   */
  public record Options(
      Duration visibility, int maxMessageBytes, Gate gate, Backoff backoff, PollMetrics metrics) {
    /** SQS's largest message, 1 MiB (Amazon SQS message quotas, since August 2025). */
    private static final int SQS_MAX_MESSAGE_BYTES = 1 << 20;

    public Options {
      maxMessageBytes = Math.max(maxMessageBytes, SQS_MAX_MESSAGE_BYTES);
    }

    /** Bytes that one receive may bring at most. */
    public long receiveBytes() {
      return (long) MessageQueue.MAX_BATCH_ENTRIES
          * (maxMessageBytes + Capacity.BATCH_OVERHEAD_BYTES);
    }
  }

  public Poller(
      MessageQueue queue,
      RollQueue rolls,
      Intake intake,
      DeadLetters deadLetters,
      QueueDepth depth,
      Options options) {
    this.queue = queue;
    this.rolls = rolls;
    this.intake = intake;
    this.deadLetters = deadLetters;
    this.depth = depth;
    this.options = options;
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
    rolls.reserve(options.receiveBytes());
    long unused = options.receiveBytes();
    int received;
    long begin;
    try {
      options.gate().awaitOpen();
      begin = options.backoff().ticker().now().epochMs();
      List<ReceivedMessage> messages = receive();
      received = messages.size();
      Moment now = options.backoff().ticker().now();
      Intake.TakenIn taken = intake.takeIn(messages, now, unused);
      unused -= taken.heldBytes();
      taken.poison().forEach(each -> deadLetters.offer(each, now.nanos()));
    } finally {
      rolls.release(unused);
    }
    if (streak.length() > 0) {
      options.backoff().pauseAfter(streak.length());
    } else if (received < MessageQueue.MAX_BATCH_ENTRIES) {
      if (!depth.mayHide(received)) {
        caughtUpMs = begin;
      }
      if (received > 0) {
        options.backoff().ticker().pause(Capacity.GATHER);
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
          queue.receive(MessageQueue.MAX_BATCH_ENTRIES, Capacity.LONG_POLL, options.visibility());
      options.metrics().polled(messages.size());
      int failures = streak.succeeded();
      if (failures > 0) {
        LOG.info("Receiving again after {} failures in a row", failures);
      }
      return messages;
    } catch (QueueException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("interrupted while polling");
      }
      options.metrics().receiveFailed();
      if (streak.failed()) {
        LOG.warn("Receiving fails ({} in a row): {}", streak.length(), e.getMessage());
      }
      return List.of();
    }
  }
}
