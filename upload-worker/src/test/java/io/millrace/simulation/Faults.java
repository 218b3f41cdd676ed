package io.millrace.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The faults of one run. Their number is bounded, so that every run comes to its end; how likely
 * each kind is, and which do not happen at all, differs from run to run.
 */
final class Faults {
  private static final double ABSENT = 0.3;

  private final Chance chance;
  private final Map<Fault, Double> likely = new EnumMap<>(Fault.class);
  private final Set<Fault> struck = EnumSet.noneOf(Fault.class);
  private int left;

  Faults(int most, Chance chance) {
    this.chance = chance;
    this.left = most;
    for (Fault fault : Fault.values()) {
      boolean absent = chance.happens(ABSENT);
      likely.put(fault, absent ? 0 : fault.mostLikely() * chance.random().nextDouble());
    }
  }

  boolean strikes(Fault fault) {
    if (left == 0 || !chance.happens(likely.get(fault))) {
      return false;
    }
    left--;
    struck.add(fault);
    return true;
  }

  /** Which kinds there were. */
  Set<Fault> struck() {
    return struck;
  }
}
