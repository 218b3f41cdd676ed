package io.millrace.worker.queue;

import io.millrace.pace.FailureStreak;
import io.millrace.pace.Ticker;
import io.millrace.queue.MessageQueue;
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
  private final Ticker ticker;
  private final FailureStreak streak = new FailureStreak();

  /**
   * @param timeout how long messages stay hidden from their receive on, whole seconds
   */
  public Visibility(MessageQueue queue, Duration timeout, PollMetrics metrics, Ticker ticker) {
    this.queue = queue;
    this.timeout = timeout;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /**
   * Hides messages for the whole timeout from now on, if half of it is over since the last time.
   *
   * @param sinceNanos when they were hidden last, on the ticker's monotonic clock
   * @return when they were hidden last, now
   */
  public long extendIfHalfOver(List<String> receiptHandles, long sinceNanos) {
    long now = ticker.now().nanos();
    if (now - sinceNanos < timeout.toNanos() / 2) {
      return sinceNanos;
    }
    set(receiptHandles, timeout);
    return now;
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
