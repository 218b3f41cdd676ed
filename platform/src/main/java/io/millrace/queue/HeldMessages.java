package io.millrace.queue;

import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Received messages, kept hidden from others until they are released: each is hidden anew when half
 * of its visibility timeout is over, and sooner if that failed. Failures are logged and counted,
 * never thrown. SQS lets nobody hide a message for more than 12 h in all.
 *
 * <p>Thread-safe. Messages held = released + handed back + held now.
 */
public final class HeldMessages {
  private static final Logger LOG = LoggerFactory.getLogger(HeldMessages.class);

  /** How often they are looked at, and those that failed tried again, within one timeout. */
  private static final int LOOKS_PER_TIMEOUT = 8;

  /** Most that one thread takes at once, so that others find some to hide too. */
  private static final int MAX_TAKEN = 500;

  private final MessageQueue queue;
  private final Duration timeout;
  private final IntConsumer failures;
  private final Ticker ticker;
  private final FailureStreak streak = new FailureStreak();

  /** When each is to be hidden anew, by receipt handle. */
  private final Map<String, Long> dueNanos = new HashMap<>();

  /** No message is due before; without a meaning while none is held. */
  private long earliestNanos;

  /**
   * @param timeout how long messages stay hidden from their receive on, whole seconds
   * @param failures is told how many messages of a call failed, at least 1
   */
  public HeldMessages(MessageQueue queue, Duration timeout, IntConsumer failures, Ticker ticker) {
    this.queue = queue;
    this.timeout = timeout;
    this.failures = failures;
    this.ticker = ticker;
  }

  /**
   * Holds a message.
   *
   * @param receivedNanos when it was received, on the ticker's monotonic clock
   */
  public synchronized void hold(String receiptHandle, long receivedNanos) {
    long due = receivedNanos + timeout.toNanos() / 2;
    if (dueNanos.isEmpty() || due - earliestNanos < 0) {
      earliestNanos = due;
    }
    dueNanos.put(receiptHandle, due);
  }

  /** Holds these messages no longer; those that are not held are passed over. */
  public synchronized void release(Collection<String> receiptHandles) {
    receiptHandles.forEach(dueNanos::remove);
  }

  /**
   * Hides anew all that is due, and waits until it is worth looking again. Several threads may do
   * so: 80,000 messages in tens within half a timeout of 120 s are 133 calls a second.
   *
   * @throws InterruptedException if told to stop
   */
  public void runOnce() throws InterruptedException {
    extendAllDue();
    ticker.pause(timeout.dividedBy(LOOKS_PER_TIMEOUT));
  }

  /**
   * Hides anew all that is due.
   *
   * @throws InterruptedException if told to stop
   */
  public void extendAllDue() throws InterruptedException {
    while (extendDue() == MAX_TAKEN) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while hiding messages");
      }
    }
  }

  /** Hides anew what is due, at most {@value #MAX_TAKEN}; returns how many were. */
  public int extendDue() {
    List<String> due = takeDue();
    if (due.isEmpty()) {
      return 0;
    }
    long now = ticker.nanos(); // before the calls, so that a slow one makes the next look earlier
    Map<String, String> failed = change(due, timeout);
    synchronized (this) {
      failed.keySet().retainAll(dueNanos.keySet()); // one that was released meanwhile may fail
      due.forEach(handle -> dueAgain(handle, now, failed.containsKey(handle)));
    }
    count(failed, timeout);
    return due.size();
  }

  private void dueAgain(String handle, long now, boolean soon) {
    long due = now + timeout.toNanos() / (soon ? LOOKS_PER_TIMEOUT : 2);
    if (dueNanos.replace(handle, due) != null && due - earliestNanos < 0) {
      earliestNanos = due;
    }
  }

  /**
   * Releases these messages, and lets others receive them at once.
   *
   * @param receiptHandles any number
   * @return how many the queue shows again; what fails comes back when its visibility ends
   */
  public int handBack(List<String> receiptHandles) {
    release(receiptHandles);
    Map<String, String> failed = change(receiptHandles, Duration.ZERO);
    count(failed, Duration.ZERO);
    return receiptHandles.size() - failed.size();
  }

  /** What is due longest comes first; another thread does not take it for a while. */
  private synchronized List<String> takeDue() {
    long now = ticker.nanos();
    if (dueNanos.isEmpty() || now - earliestNanos < 0) {
      return List.of();
    }
    List<String> due = new ArrayList<>();
    dueNanos.entrySet().stream()
        .filter(each -> each.getValue() - now <= 0)
        .sorted(Comparator.comparingLong(each -> each.getValue() - now))
        .limit(MAX_TAKEN)
        .forEach(each -> due.add(each.getKey()));
    long again = now + timeout.toNanos() / LOOKS_PER_TIMEOUT;
    due.forEach(handle -> dueNanos.replace(handle, again));
    earliestNanos = now + dueNanos.values().stream().mapToLong(each -> each - now).min().orElse(0);
    return due;
  }

  private Map<String, String> change(List<String> handles, Duration visibility) {
    return HandleBatches.each(handles, batch -> queue.changeVisibility(batch, visibility));
  }

  private void count(Map<String, String> failed, Duration visibility) {
    if (failed.isEmpty()) {
      streak.succeeded();
      return;
    }
    failures.accept(failed.size());
    if (streak.failed()) {
      LOG.warn(
          "Visibility of {} messages not set to {} s: {}",
          failed.size(),
          visibility.toSeconds(),
          failed.values().iterator().next());
    }
  }
}
