package io.millrace.worker.settle;

import io.millrace.codec.MessageCodec;
import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.queue.SendResult;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages to the dead-letter queue by our own hand, because the queue's redrive policy tells
 * no reason. A message is deleted only after the dead-letter queue has answered that it has it; if
 * that answer is lost, the message comes again and may lie there twice.
 *
 * <p>They have a lane of their own: pollers, checkers and uploaders put messages in and never wait,
 * threads of the lane move them, so a dead-letter queue that hangs holds up nothing else. What
 * finds no room in the lane is left to come again.
 *
 * <p>Thread-safe. Messages offered = moved + left to come again + in the lane.
 */
public final class DeadLetters {
  /** Threads that move them: one call at a time each. */
  public static final int THREADS = 2;

  /** Most bytes in the lane, counted as two for each character: what Java takes for one at most. */
  public static final int MAX_BYTES = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  /** Most messages in the lane, however small. */
  private static final int MAX_MESSAGES = 1_000;

  /** Messages refused for good that are remembered; a forgotten one is refused once more. */
  private static final int MAX_REFUSED = 1_000;

  /** What a message takes beside its texts, in bytes. */
  private static final int OVERHEAD_BYTES = 2_048;

  /** SQS allows 10 attributes a message. */
  private static final int MAX_KEPT_ATTRIBUTES = 10 - DeadLetterAttributes.COUNT;

  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

  private final MessageQueue deadLetters;
  private final Acknowledger acknowledger;
  private final Leases leases;
  private final SettleMetrics metrics;
  private final Ticker ticker;
  private final FailureStreak failures = new FailureStreak();

  /** Never ended: poison among good messages would be logged each time. */
  private final FailureStreak moves = new FailureStreak();

  private final Deque<Poison> lane = new ArrayDeque<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private int inLane;
  private long bytesInLane;
  private boolean ended;

  public DeadLetters(
      MessageQueue deadLetters,
      Acknowledger acknowledger,
      Leases leases,
      SettleMetrics metrics,
      Ticker ticker) {
    this.deadLetters = deadLetters;
    this.acknowledger = acknowledger;
    this.leases = leases;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /**
   * Puts a message into the lane, or leaves it to come again if there is no room. Never waits.
   *
   * @param receivedNanos when it was received, on the ticker's monotonic clock
   */
  public synchronized void offer(Poison poison, long receivedNanos) {
    if (hasRoom(poison)) {
      // No batch of it holds the watermark back.
      leases.hold(poison.message().receiptHandle(), Long.MAX_VALUE, receivedNanos);
      add(poison);
    }
  }

  /**
   * Puts a batch that is held, and that the store refuses for good, into the lane. Never waits.
   *
   * @param reason the store's
   * @return whether there was room: then the lane ends the batch's lease, else the caller has to,
   *     and the message comes again
   */
  public boolean offerRefused(HeldBatch batch, String reason) {
    return offer(batch, Poison.Kind.REFUSED_BY_STORE, reason);
  }

  /**
   * As {@link #offerRefused}, for a batch whose id another one with other bytes has.
   *
   * @param where that one is
   */
  public boolean offerContradiction(HeldBatch batch, String where) {
    return offer(
        batch,
        Poison.Kind.CONTRADICTION,
        "a batch with the same id and other bytes came before: " + where);
  }

  private synchronized boolean offer(HeldBatch batch, Poison.Kind kind, String reason) {
    Poison poison = new Poison(message(batch), kind, reason);
    if (!hasRoom(poison)) {
      return false;
    }
    leases.passOver(batch.receiptHandle());
    add(poison);
    return true;
  }

  private synchronized boolean hasRoom(Poison poison) {
    if (ended || inLane == MAX_MESSAGES || bytesInLane + bytes(poison) > MAX_BYTES) {
      metrics.deadLetterPostponed();
      return false;
    }
    return true;
  }

  private synchronized void add(Poison poison) {
    lane.add(poison);
    inLane++;
    bytesInLane += bytes(poison);
    notifyAll();
  }

  /**
   * Whether the dead-letter queue refused the message, and would again: it has another limit of
   * size, or may not be written.
   */
  public boolean isRefused(String messageId) {
    synchronized (refused) {
      return refused.contains(messageId);
    }
  }

  /** Takes no more; what is in the lane is still moved. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Bytes that the lane is counted with. */
  synchronized long bytes() {
    return bytesInLane;
  }

  /** Messages in the lane. */
  public synchronized int size() {
    return inLane;
  }

  /**
   * Waits for a message and moves it.
   *
   * @return false if there will be no more
   * @throws InterruptedException if told to stop
   */
  public boolean runOnce() throws InterruptedException {
    Poison poison = take();
    if (poison == null) {
      return false;
    }
    try {
      move(poison);
    } finally {
      leases.settle(List.of(poison.message().receiptHandle()));
      left(poison);
    }
    return true;
  }

  private synchronized @Nullable Poison take() throws InterruptedException {
    while (lane.isEmpty() && !ended) {
      wait();
    }
    return lane.poll();
  }

  private synchronized void left(Poison poison) {
    inLane--;
    bytesInLane -= bytes(poison);
  }

  private static long bytes(Poison poison) {
    long characters = poison.message().body().length() + (long) poison.reason().length();
    for (Map.Entry<String, String> each : poison.message().attributes().entrySet()) {
      characters += each.getKey().length() + (long) each.getValue().length();
    }
    return 2 * characters + OVERHEAD_BYTES;
  }

  /** Moves a message; if that fails it is left alone, to come again after its visibility. */
  private void move(Poison poison) throws InterruptedException {
    ReceivedMessage message = poison.message();
    SendResult result = send(poison);
    if (result instanceof SendResult.Sent) {
      failures.succeeded();
      metrics.deadLettered(poison.kind());
      if (moves.failed()) {
        LOG.warn(
            "Message {} moved to the dead letters ({} so far): {}",
            message.messageId(),
            moves.length(),
            poison.kind().tag());
      }
      acknowledger.delete(List.of(message.receiptHandle()));
      return;
    }
    metrics.deadLetterFailed();
    if (result instanceof SendResult.Refused) {
      remember(message.messageId());
    }
    if (failures.failed()) {
      LOG.warn(
          "Message {} can't be moved to the dead letters ({} in a row), {}: {}",
          message.messageId(),
          failures.length(),
          poison.kind().tag(),
          result);
    }
  }

  /** A second time without attributes, which may be what makes the message too large. */
  private SendResult send(Poison poison) {
    ReceivedMessage message = poison.message();
    SendResult result =
        deadLetters.send(message.body(), attributes(message, poison.reason()), SEND_TIMEOUT);
    return result instanceof SendResult.Refused
        ? deadLetters.send(message.body(), Map.of(), SEND_TIMEOUT)
        : result;
  }

  private void remember(String messageId) {
    synchronized (refused) {
      refused.add(messageId);
      if (refused.size() > MAX_REFUSED) {
        refused.remove(refused.iterator().next());
      }
    }
  }

  /**
   * A held batch as a message. It is marked as sent again, whoever sends it back, so that it is
   * looked for under the keys that announced it.
   */
  private static ReceivedMessage message(HeldBatch batch) {
    return new ReceivedMessage(
        batch.header().batch(),
        batch.receiptHandle(),
        MessageCodec.encode(batch.header().asResent(), batch.frame()),
        1,
        batch.header().opened(),
        Map.of());
  }

  private Map<String, String> attributes(ReceivedMessage message, String reason) {
    Map<String, String> attributes = new LinkedHashMap<>();
    message.attributes().entrySet().stream()
        .limit(MAX_KEPT_ATTRIBUTES)
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue()));
    attributes.put(DeadLetterAttributes.REASON, legal(reason));
    attributes.put(DeadLetterAttributes.ORIGINAL_MESSAGE_ID, message.messageId());
    attributes.put(
        DeadLetterAttributes.DEAD_LETTERED_AT,
        Instant.ofEpochMilli(ticker.now().epochMs()).toString());
    return attributes;
  }

  /** A reason may quote the message; SQS takes XML-legal characters only. */
  private static String legal(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
