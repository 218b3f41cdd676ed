package io.millrace.worker.settle;

import io.millrace.queue.HandleBatches;
import io.millrace.queue.MessageQueue;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that are settled. One that can't be deleted comes again after its visibility
 * timeout; nothing is lost by it.
 *
 * <p>Thread-safe.
 */
public final class Acknowledger {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);
  private static final int TRIES = 4;

  private final MessageQueue queue;
  private final Leases leases;
  private final Backoff backoff;
  private final Ticker ticker;
  private final SettleMetrics metrics;
  private final FailureStreak streak = new FailureStreak();

  public Acknowledger(
      MessageQueue queue, Leases leases, Backoff backoff, Ticker ticker, SettleMetrics metrics) {
    this.queue = queue;
    this.leases = leases;
    this.backoff = backoff;
    this.ticker = ticker;
    this.metrics = metrics;
  }

  /**
   * Deletes messages, with a few tries for those that fail, and holds them no longer. Keep to
   * stored or dead-lettered ones.
   *
   * @param receiptHandles any number
   * @throws InterruptedException if interrupted between tries; some are deleted then, some not
   */
  public void delete(List<String> receiptHandles) throws InterruptedException {
    List<String> left = receiptHandles;
    for (int tries = 1; ; tries++) {
      Map<String, String> failed = HandleBatches.each(left, queue::delete);
      metrics.deleted(left.size() - failed.size());
      leases.settle(left.stream().filter(handle -> !failed.containsKey(handle)).toList());
      if (failed.isEmpty()) {
        streak.succeeded();
        return;
      }
      left = new ArrayList<>(failed.keySet());
      if (tries == TRIES) {
        giveUp(failed);
        return;
      }
      ticker.pause(backoff.delay(tries));
    }
  }

  private void giveUp(Map<String, String> failed) {
    leases.settle(failed.keySet());
    metrics.deleteFailed(failed.size());
    if (streak.failed()) {
      LOG.warn(
          "{} settled messages not deleted after {} tries, they will come again: {}",
          failed.size(),
          TRIES,
          failed.values().iterator().next());
    }
  }
}
