package io.millrace.worker.settle;

import io.millrace.queue.MessageQueue;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All messages that this process holds, kept hidden from other workers until they are settled: each
 * is hidden anew when half of its visibility timeout is over, however long the store is away. It
 * only saves work: a message that becomes visible too early is delivered twice and checked, not
 * lost. SQS lets nobody hide a message for more than 12 h in all.
 *
 * <p>Thread-safe. Messages held = settled + handed back + held now.
 */
public final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  /** How often they are looked at, and those that failed tried again, within one timeout. */
  private static final int LOOKS_PER_TIMEOUT = 8;

  /** Most that one thread takes at once, so that others find some to hide too. */
  private static final int MAX_TAKEN = 500;

  private final MessageQueue queue;
  private final Duration timeout;
  private final SettleMetrics metrics;
  private final Ticker ticker;
  private final FailureStreak streak = new FailureStreak();

  /** By receipt handle. */
  private final Map<String, Lease> held = new HashMap<>();

  private record Lease(long openedMs, long dueNanos) {}

  /**
   * @param timeout how long messages stay hidden from their receive on, whole seconds
   */
  public Leases(MessageQueue queue, Duration timeout, SettleMetrics metrics, Ticker ticker) {
    this.queue = queue;
    this.timeout = timeout;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /**
   * Holds a message.
   *
   * @param openedMs of its batch, ms since the epoch
   * @param receivedNanos when it was received, on the ticker's monotonic clock
   */
  public synchronized void hold(String receiptHandle, long openedMs, long receivedNanos) {
    held.put(receiptHandle, new Lease(openedMs, receivedNanos + timeout.toNanos() / 2));
  }

  /** Goes on to hold a message, whose batch does not hold the watermark back from now on. */
  synchronized void passOver(String receiptHandle) {
    held.computeIfPresent(receiptHandle, (h, lease) -> new Lease(Long.MAX_VALUE, lease.dueNanos));
  }

  /** Holds these messages no longer: they are deleted, or are to come again. */
  public synchronized void settle(Collection<String> receiptHandles) {
    receiptHandles.forEach(held::remove);
  }

  /**
   * Hides anew what is due, and waits until it is worth looking again. Several threads may do so:
   * 80,000 messages in tens within half a timeout of 120 s are 133 calls a second.
   *
   * @return true: there is always a next time
   * @throws InterruptedException if told to stop
   */
  public boolean runOnce() throws InterruptedException {
    while (extendDue() == MAX_TAKEN) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while hiding messages");
      }
    }
    ticker.pause(timeout.dividedBy(LOOKS_PER_TIMEOUT));
    return true;
  }

  /** Hides anew what is due, at most {@value #MAX_TAKEN}; returns how many were. */
  public int extendDue() {
    Map<String, Lease> due = takeDue();
    if (due.isEmpty()) {
      return 0;
    }
    long now = ticker.nanos(); // before the calls, so that a slow one makes the next look earlier
    Map<String, String> failed = change(due.keySet(), timeout);
    synchronized (this) {
      failed.keySet().retainAll(held.keySet()); // one that was settled meanwhile may fail
      due.forEach(
          (handle, lease) -> {
            long wait = timeout.toNanos() / (failed.containsKey(handle) ? LOOKS_PER_TIMEOUT : 2);
            held.replace(handle, new Lease(lease.openedMs, now + wait));
          });
    }
    count(failed, timeout);
    return due.size();
  }

  /**
   * Lets others receive some of the held messages at once.
   *
   * @return false if none were left
   */
  public boolean handBack() {
    List<String> some;
    synchronized (this) {
      some = held.keySet().stream().limit(MessageQueue.MAX_BATCH_ENTRIES).toList();
      some.forEach(held::remove);
    }
    if (some.isEmpty()) {
      return false;
    }
    Map<String, String> failed = change(some, Duration.ZERO);
    metrics.handedBack(some.size() - failed.size());
    count(failed, Duration.ZERO);
    return true;
  }

  /** Messages held now. */
  public synchronized int size() {
    return held.size();
  }

  /** When the oldest batch held now was opened, ms since the epoch; empty if none is held. */
  public synchronized OptionalLong oldestOpenedMs() {
    return held.values().stream().mapToLong(Lease::openedMs).min();
  }

  /** What is due longest comes first; another thread does not take it for a while. */
  private synchronized Map<String, Lease> takeDue() {
    Map<String, Lease> due = new LinkedHashMap<>();
    long now = ticker.nanos();
    held.entrySet().stream()
        .filter(each -> each.getValue().dueNanos - now <= 0)
        .sorted(Comparator.comparingLong(each -> each.getValue().dueNanos - now))
        .limit(MAX_TAKEN)
        .forEach(each -> due.put(each.getKey(), each.getValue()));
    long again = now + timeout.toNanos() / LOOKS_PER_TIMEOUT;
    due.forEach((handle, lease) -> held.replace(handle, new Lease(lease.openedMs, again)));
    return due;
  }

  private Map<String, String> change(Collection<String> handles, Duration visibility) {
    return HandleBatches.each(
        new ArrayList<>(handles), batch -> queue.changeVisibility(batch, visibility));
  }

  private void count(Map<String, String> failed, Duration visibility) {
    if (failed.isEmpty()) {
      streak.succeeded();
      return;
    }
    metrics.extendFailed(failed.size());
    if (streak.failed()) {
      LOG.warn(
          "Visibility of {} messages not set to {} s: {}",
          failed.size(),
          visibility.toSeconds(),
          failed.values().iterator().next());
    }
  }
}
