package io.millrace.simulation.exhaustive;

import io.millrace.simulation.exhaustive.SmallStore.Put;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One batch, its deliveries and the store at one moment. Immutable; equal moments are equal.
 *
 * @param late PUTs under way that nobody waits for any more
 * @param usedKeys data keys that were taken
 * @param lossesLeft answers that may still be lost
 */
record SmallWorld(
    SmallStore store,
    List<Put> late,
    Set<Integer> usedKeys,
    int lossesLeft,
    List<SmallDelivery> deliveries) {
  private static final Comparator<Put> ORDER =
      Comparator.comparing(Put::kind).thenComparing(Put::key).thenComparing(Put::claim);

  SmallWorld {
    late = List.copyOf(late);
    usedKeys = Set.copyOf(usedKeys);
    deliveries = List.copyOf(deliveries);
  }

  SmallWorld with(int who, SmallDelivery delivery) {
    List<SmallDelivery> changed = new ArrayList<>(deliveries);
    changed.set(who, delivery);
    return new SmallWorld(store, late, usedKeys, lossesLeft, changed);
  }

  SmallWorld with(SmallStore changed) {
    return new SmallWorld(changed, late, usedKeys, lossesLeft, deliveries);
  }

  SmallWorld withKeyUsed(int key) {
    Set<Integer> more = new HashSet<>(usedKeys);
    more.add(key);
    return new SmallWorld(store, late, more, lossesLeft, deliveries);
  }

  SmallWorld withAnswerLost() {
    return new SmallWorld(store, late, usedKeys, lossesLeft - 1, deliveries);
  }

  SmallWorld withLate(Put put) {
    List<Put> more = new ArrayList<>(late);
    more.add(put);
    more.sort(ORDER);
    return new SmallWorld(store, more, usedKeys, lossesLeft, deliveries);
  }

  SmallWorld withoutLate(Put put) {
    List<Put> fewer = new ArrayList<>(late);
    fewer.remove(put);
    return new SmallWorld(store, fewer, usedKeys, lossesLeft, deliveries);
  }

  boolean isTwice() {
    return store.copies() > 1;
  }

  boolean isLost() {
    return store.copies() == 0 && deliveries.stream().anyMatch(SmallDelivery::deleted);
  }

  boolean isGoodEnd() {
    return store.copies() == 1 && deliveries.stream().allMatch(SmallDelivery::hasEnded);
  }
}
