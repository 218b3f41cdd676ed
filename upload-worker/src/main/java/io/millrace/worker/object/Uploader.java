package io.millrace.worker.object;

import io.millrace.worker.process.ClosedRoll;
import io.millrace.worker.process.RollQueue;
import io.millrace.worker.queue.Acknowledger;
import io.millrace.worker.queue.Visibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes closed rolls, stores them and then, and only then, deletes their messages. Every roll taken
 * is done or given up.
 *
 * <p>Thread-safe; every uploader thread runs it.
 */
public final class Uploader {
  private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

  private final RollQueue rolls;
  private final RollWriter writer;
  private final Acknowledger acknowledger;
  private final Visibility visibility;
  private final UploadMetrics metrics;

  public Uploader(
      RollQueue rolls,
      RollWriter writer,
      Acknowledger acknowledger,
      Visibility visibility,
      UploadMetrics metrics) {
    this.rolls = rolls;
    this.writer = writer;
    this.acknowledger = acknowledger;
    this.visibility = visibility;
    this.metrics = metrics;
  }

  /**
   * Waits for a roll and settles it.
   *
   * @return false if there are no more
   * @throws InterruptedException if told to stop; a roll that is not known to be stored is given up
   */
  public boolean runOnce() throws InterruptedException {
    ClosedRoll roll = rolls.take();
    if (roll == null) {
      return false;
    }
    store(roll);
    try {
      acknowledger.delete(roll.receiptHandles());
    } finally {
      rolls.done(roll);
    }
    return true;
  }

  private void store(ClosedRoll roll) throws InterruptedException {
    try {
      Lease lease = new Lease(roll, visibility);
      lease.keep();
      String key = writer.write(roll, lease);
      metrics.stored(roll);
      LOG.debug("Stored {}: {} batches, closed by {}", key, roll.batches().size(), roll.cause());
    } catch (InterruptedException e) {
      rolls.giveUp(roll);
      throw e;
    } catch (RuntimeException e) {
      rolls.done(roll); // Its messages come again after their visibility timeout.
      throw e;
    }
  }
}
