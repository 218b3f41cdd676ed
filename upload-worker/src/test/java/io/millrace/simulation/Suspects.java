package io.millrace.simulation;

import io.millrace.model.Hour;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker's suspects: those of one hour that come within a moment are checked together. */
final class Suspects {
  private static final long GATHER_MS = 2_000;

  private final Parts parts;
  private final Rolls rolls;
  private final Known known = new Known();
  private final Map<Hour, List<Delivery>> gathered = new HashMap<>();

  Suspects(Parts parts, Rolls rolls) {
    this.parts = parts;
    this.rolls = rolls;
  }

  void add(Delivery delivery) {
    Hour hour = delivery.hour();
    gathered.computeIfAbsent(hour, this::gather).add(delivery);
  }

  private List<Delivery> gather(Hour hour) {
    parts.process().stepAfter(parts.world().chance().upTo(GATHER_MS), () -> check(hour));
    return new ArrayList<>();
  }

  private void check(Hour hour) {
    new SuspectsCheck(parts, known, gathered.remove(hour), rolls::add).start();
  }
}
