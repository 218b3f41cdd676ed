package io.millrace.worker.check;

import io.millrace.worker.once.Step;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.process.RollQueue;
import io.millrace.worker.process.SuspectQueue;
import io.millrace.worker.queue.Acknowledger;
import io.millrace.worker.queue.Leases;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes suspects and settles them: what is stored already is deleted from the queue, the rest goes
 * into rolls.
 *
 * <p>Thread-safe; every checker thread runs it. Suspects taken = deleted + into rolls + let lie, to
 * come again, because of a failure or because the worker stops.
 */
public final class Checker {
  private static final Logger LOG = LoggerFactory.getLogger(Checker.class);

  private final SuspectQueue suspects;
  private final RollQueue rolls;
  private final Acknowledger acknowledger;
  private final Leases leases;
  private final SuspectCheck check;

  public Checker(
      SuspectQueue suspects,
      RollQueue rolls,
      Acknowledger acknowledger,
      Leases leases,
      SuspectCheck check) {
    this.suspects = suspects;
    this.rolls = rolls;
    this.acknowledger = acknowledger;
    this.leases = leases;
    this.check = check;
  }

  /**
   * Waits for suspects and settles those of one hour.
   *
   * @return false if there are no more
   * @throws InterruptedException if told to stop; those not settled are let lie
   */
  public boolean runOnce() throws InterruptedException {
    List<HeldBatch> taken = suspects.take();
    if (taken == null) {
      return false;
    }
    List<Step.Check> ends;
    try {
      ends = check.run(taken);
    } catch (RuntimeException e) {
      leases.settle(taken.stream().map(HeldBatch::receiptHandle).toList()); // they come again
      release(taken);
      throw e;
    } catch (InterruptedException e) {
      release(taken);
      throw e;
    }
    settle(taken, ends);
    return true;
  }

  private void release(List<HeldBatch> taken) {
    rolls.release(taken.stream().mapToLong(HeldBatch::heldBytes).sum());
  }

  private void settle(List<HeldBatch> taken, List<Step.Check> ends) throws InterruptedException {
    List<String> stored = new ArrayList<>();
    long freed = 0;
    for (int i = 0; i < taken.size(); i++) {
      HeldBatch batch = taken.get(i);
      if (ends.get(i) instanceof Step.NotThere free) {
        freed += rolls.add(batch.claiming(free.mine())) ? 0 : batch.heldBytes();
      } else {
        stored.add(batch.receiptHandle());
        freed += batch.heldBytes();
      }
    }
    rolls.release(freed);
    LOG.debug("{} suspects, {} stored already", taken.size(), stored.size());
    acknowledger.delete(stored);
  }
}
