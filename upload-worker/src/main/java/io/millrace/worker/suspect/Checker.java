package io.millrace.worker.suspect;

import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes suspects and settles them: what is stored already is deleted from the queue, what the store
 * refuses or another batch contradicts is a dead letter, the rest goes into rolls.
 *
 * <p>Thread-safe; every checker thread runs it. Suspects taken = deleted + into rolls + into the
 * lane of the dead letters + let lie, to come again, because it can't be told yet, because of a
 * failure or because the worker stops.
 */
public final class Checker {
  private static final Logger LOG = LoggerFactory.getLogger(Checker.class);

  private final SuspectQueue suspects;
  private final RollQueue rolls;
  private final Acknowledger acknowledger;
  private final Leases leases;
  private final HourCheck check;
  private final DeadLetters deadLetters;
  private final BatchSpans spans;

  public Checker(
      SuspectQueue suspects,
      RollQueue rolls,
      Acknowledger acknowledger,
      Leases leases,
      HourCheck check,
      DeadLetters deadLetters,
      BatchSpans spans) {
    this.suspects = suspects;
    this.rolls = rolls;
    this.acknowledger = acknowledger;
    this.leases = leases;
    this.check = check;
    this.deadLetters = deadLetters;
    this.spans = spans;
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
    Deque<HeldBatch> held = new ArrayDeque<>(taken);
    List<String> stored = new ArrayList<>();
    boolean stopped = false;
    try {
      List<Step.Check> ends = spans.around("checks", "check", taken, () -> check.run(taken));
      settle(held, ends, stored);
      LOG.debug("{} suspects, {} stored already", taken.size(), stored.size());
      acknowledger.delete(stored);
    } catch (InterruptedException e) {
      stopped = true;
      throw e;
    } finally {
      if (!stopped) {
        leases.settle(stored); // deleted, or they come again
        leases.settle(held.stream().map(HeldBatch::receiptHandle).toList()); // they come again
      }
      rolls.release(held.stream().mapToLong(HeldBatch::heldBytes).sum());
    }
    return true;
  }

  /**
   * Takes out of {@code held} what is settled: into a roll, which has its bytes and its lease from
   * then on, into {@code stored}, into the lane, or let lie.
   */
  private void settle(Deque<HeldBatch> held, List<Step.Check> ends, List<String> stored) {
    for (Step.Check told : ends) {
      HeldBatch batch = held.element();
      Step.Check end =
          told instanceof Step.NotThere && rolls.contradicts(batch)
              ? new Step.Contradicted("it is in an open roll")
              : told;
      boolean inRoll = end instanceof Step.NotThere free && rolls.add(batch.claiming(free.mine()));
      if (!inRoll) {
        releaseUnsettled(batch, end, stored);
        rolls.release(batch.heldBytes());
      }
      held.remove();
    }
  }

  /**
   * What no roll takes any more, because the worker stops, is handed back with all that is held.
   */
  private void releaseUnsettled(HeldBatch batch, Step.Check end, List<String> stored) {
    if (end instanceof Step.Found) {
      stored.add(batch.receiptHandle());
    } else if (!(end instanceof Step.NotThere) && !isInLane(batch, end)) {
      leases.settle(List.of(batch.receiptHandle()));
    }
  }

  private boolean isInLane(HeldBatch batch, Step.Check end) {
    if (end instanceof Step.Refused refused) {
      return deadLetters.offerRefused(batch, refused.reason());
    }
    return end instanceof Step.Contradicted contradicted
        && deadLetters.offerContradiction(batch, contradicted.where());
  }
}
