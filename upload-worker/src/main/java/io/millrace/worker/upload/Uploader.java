package io.millrace.worker.upload;

import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.Leases;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes closed rolls, stores them and then, and only then, deletes their messages. Messages of
 * batches that were left out are let lie until their visibility ends; those of batches that the
 * store refuses for good go into the lane of the dead letters.
 *
 * <p>Thread-safe; every uploader thread runs it. Batches taken = deleted + let lie + into the lane
 * + still held, those only if told to stop.
 */
public final class Uploader {
  private final RollQueue rolls;
  private final Layout layout;
  private final Acknowledger acknowledger;
  private final Leases leases;
  private final DeadLetters deadLetters;
  private final BatchSpans spans;
  private final UploadMetrics metrics;

  public Uploader(
      RollQueue rolls,
      Layout layout,
      Acknowledger acknowledger,
      Leases leases,
      DeadLetters deadLetters,
      BatchSpans spans,
      UploadMetrics metrics) {
    this.rolls = rolls;
    this.layout = layout;
    this.acknowledger = acknowledger;
    this.leases = leases;
    this.deadLetters = deadLetters;
    this.spans = spans;
    this.metrics = metrics;
  }

  /**
   * Waits for a roll and settles it.
   *
   * @return false if there are no more
   * @throws InterruptedException if told to stop; the messages of a roll that is not known to be
   *     stored are held on
   */
  public boolean runOnce() throws InterruptedException {
    ClosedRoll roll = rolls.take();
    if (roll == null) {
      return false;
    }
    List<String> unsettled = new ArrayList<>(roll.receiptHandles());
    boolean stopped = false;
    try {
      Layout.Settled settled =
          spans.around("roll", "store", roll.batches(), () -> layout.write(roll));
      for (Layout.Written written : settled.written()) {
        settle(written);
      }
      for (Layout.SetAside aside : settled.setAside()) {
        metrics.setAside();
        if (deadLetters.offerRefused(aside.batch(), aside.reason())) {
          unsettled.remove(aside.batch().receiptHandle());
        }
      }
    } catch (InterruptedException e) {
      stopped = true;
      throw e;
    } finally {
      if (!stopped) {
        // Those left out, and all if the step failed: they come again, as suspects.
        leases.settle(unsettled);
      }
      rolls.done(roll);
    }
    return true;
  }

  private void settle(Layout.Written written) throws InterruptedException {
    metrics.stored(written);
    acknowledger.delete(written.roll().receiptHandles());
  }
}
