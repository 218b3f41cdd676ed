package io.millrace.worker.settle;

import io.millrace.queue.HeldMessages;
import io.millrace.queue.MessageQueue;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * All messages that this process holds, kept hidden from other workers until they are settled,
 * however long the store is away. It only saves work: a message that becomes visible too early is
 * delivered twice and checked, not lost.
 *
 * <p>Thread-safe. Messages held = settled + handed back + held now.
 */
public final class Leases {
  private final HeldMessages messages;
  private final SettleMetrics metrics;

  /** When the batch of each was opened, ms since the epoch, by receipt handle. */
  private final Map<String, Long> openedMs = new HashMap<>();

  /**
   * @param timeout how long messages stay hidden from their receive on, whole seconds
   */
  public Leases(MessageQueue queue, Duration timeout, SettleMetrics metrics, Ticker ticker) {
    this.messages = new HeldMessages(queue, timeout, metrics::extendFailed, ticker);
    this.metrics = metrics;
  }

  /**
   * Holds a message.
   *
   * @param openedMs of its batch, ms since the epoch
   * @param receivedNanos when it was received, on the ticker's monotonic clock
   */
  public synchronized void hold(String receiptHandle, long openedMs, long receivedNanos) {
    this.openedMs.put(receiptHandle, openedMs);
    messages.hold(receiptHandle, receivedNanos);
  }

  /** Goes on to hold a message, whose batch does not hold the watermark back from now on. */
  synchronized void passOver(String receiptHandle) {
    openedMs.replace(receiptHandle, Long.MAX_VALUE);
  }

  /** Holds these messages no longer: they are deleted, or are to come again. */
  public synchronized void settle(Collection<String> receiptHandles) {
    receiptHandles.forEach(openedMs::remove);
    messages.release(receiptHandles);
  }

  /**
   * Hides anew what is due, and waits until it is worth looking again; see {@link
   * HeldMessages#runOnce}.
   *
   * @return true: there is always a next time
   * @throws InterruptedException if told to stop
   */
  public boolean runOnce() throws InterruptedException {
    messages.runOnce();
    return true;
  }

  /** Hides anew what is due, as {@link HeldMessages#extendDue}; returns how many were. */
  public int extendDue() {
    return messages.extendDue();
  }

  /**
   * Lets others receive some of the held messages at once.
   *
   * @return false if none were left
   */
  public boolean handBack() {
    List<String> some;
    synchronized (this) {
      some = openedMs.keySet().stream().limit(MessageQueue.MAX_BATCH_ENTRIES).toList();
      some.forEach(openedMs::remove);
    }
    if (some.isEmpty()) {
      return false;
    }
    metrics.handedBack(messages.handBack(some));
    return true;
  }

  /** Messages held now. */
  public synchronized int size() {
    return openedMs.size();
  }

  /** When the oldest batch held now was opened, ms since the epoch; empty if none is held. */
  public synchronized OptionalLong oldestOpenedMs() {
    return openedMs.values().stream().mapToLong(Long::longValue).min();
  }
}
