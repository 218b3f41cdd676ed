package io.millrace.worker.roll;

import io.millrace.time.Moment;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rolls in the making, one an hour and codec, and the rules by which they close. What it closes
 * it hands to the caller and forgets: batches added = batches open + batches in returned rolls.
 *
 * <p>Not thread-safe; time is passed in.
 */
final class OpenRolls {
  private final RollLimits limits;

  /** In the order of their opening: a roll is put in when new and never again. */
  private final Map<RollKey, OpenRoll> rolls = new LinkedHashMap<>();

  private long heldBytes;

  OpenRolls(RollLimits limits) {
    this.limits = limits;
  }

  /** Adds a batch to its roll; returns the rolls that this closed. */
  List<ClosedRoll> add(HeldBatch batch, Moment now) {
    List<ClosedRoll> closed = new ArrayList<>(0);
    RollKey key = RollKey.of(batch);
    OpenRoll roll = rolls.get(key);
    if (roll != null && roll.heldBytes() + batch.heldBytes() > limits.rollMaxBytes()) {
      closed.add(close(roll, CloseCause.SIZE, now));
      roll = null;
    }
    if (roll == null) {
      roll = new OpenRoll(key, now.nanos());
      rolls.put(key, roll);
    }
    roll.add(batch);
    heldBytes += batch.heldBytes();
    while (heldBytes > limits.openMaxBytes()) {
      closed.add(closeFullest(CloseCause.OPEN_LIMIT, now));
    }
    return closed;
  }

  /** Closes the rolls that are old enough. */
  List<ClosedRoll> closeOld(Moment now) {
    List<ClosedRoll> closed = new ArrayList<>(0);
    while (nanosToOldest(now.nanos()) <= 0) {
      closed.add(close(oldest(), CloseCause.AGE, now));
    }
    return closed;
  }

  /** Closes the roll with the most bytes; there must be one. */
  ClosedRoll closeFullest(CloseCause cause, Moment now) {
    OpenRoll fullest =
        rolls.values().stream().max(Comparator.comparingLong(OpenRoll::heldBytes)).orElseThrow();
    return close(fullest, cause, now);
  }

  /** Closes the rolls that have so many batches. */
  List<ClosedRoll> closeLong(int batches, CloseCause cause, Moment now) {
    List<OpenRoll> longOnes =
        rolls.values().stream().filter(roll -> roll.size() >= batches).toList();
    return longOnes.stream().map(roll -> close(roll, cause, now)).toList();
  }

  /** Closes all. */
  List<ClosedRoll> closeAll(Moment now) {
    List<ClosedRoll> closed = new ArrayList<>(rolls.size());
    while (!rolls.isEmpty()) {
      closed.add(close(oldest(), CloseCause.STOP, now));
    }
    return closed;
  }

  /** Time until the oldest roll's age ends, at most 0 if it has; Long.MAX_VALUE if none is open. */
  long nanosToOldest(long nowNanos) {
    return rolls.isEmpty()
        ? Long.MAX_VALUE
        : limits.rollMaxAge().toNanos() - (nowNanos - oldest().openedNanos());
  }

  int size() {
    return rolls.size();
  }

  private OpenRoll oldest() {
    return rolls.values().iterator().next();
  }

  private ClosedRoll close(OpenRoll roll, CloseCause cause, Moment now) {
    rolls.remove(roll.key());
    heldBytes -= roll.heldBytes();
    return roll.close(cause, now.epochMs());
  }
}
