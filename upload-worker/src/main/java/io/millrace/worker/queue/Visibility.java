package io.millrace.worker.queue;

import io.millrace.queue.MessageQueue;
import io.millrace.worker.pace.FailureStreak;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps held messages hidden from other workers, or hands them back. It only saves work: a message
 * that becomes visible too early is delivered twice, not lost.
 *
 * <p>Thread-safe.
 */
public final class Visibility {
  private static final Logger LOG = LoggerFactory.getLogger(Visibility.class);

  private final MessageQueue queue;
  private final Duration timeout;
  private final PollMetrics metrics;
  private final FailureStreak streak = new FailureStreak();

  /**
   * @param timeout how long messages stay hidden from their receive on, whole seconds
   */
  public Visibility(MessageQueue queue, Duration timeout, PollMetrics metrics) {
    this.queue = queue;
    this.timeout = timeout;
    this.metrics = metrics;
  }

  /** Whether messages that are hidden since then should be extended: half of the time is over. */
  public boolean isHalfOver(long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos >= timeout.toNanos() / 2;
  }

  /** Hides messages for the whole timeout, counted from now. */
  public void extend(List<String> receiptHandles) {
    set(receiptHandles, timeout);
  }

  /** Lets others receive the messages at once. */
  public void handBack(List<String> receiptHandles) {
    set(receiptHandles, Duration.ZERO);
  }

  private void set(List<String> receiptHandles, Duration visibility) {
    Map<String, String> failed =
        HandleBatches.each(receiptHandles, batch -> queue.changeVisibility(batch, visibility));
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
