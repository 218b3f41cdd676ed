package io.millrace.simulation.exhaustive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Visits every world that can be reached from one, by whatever interleaving, the nearest first. */
final class ExhaustiveSearch {
  private final List<SmallWorld> worlds = new ArrayList<>();
  private final List<Integer> cameFrom = new ArrayList<>();
  private final List<List<Integer>> comeFrom = new ArrayList<>();

  ExhaustiveSearch(SmallWorld start, SmallSteps steps) {
    Map<SmallWorld, Integer> numbers = new HashMap<>();
    number(start, -1, numbers);
    for (int from = 0; from < worlds.size(); from++) {
      for (SmallWorld next : steps.after(worlds.get(from))) {
        comeFrom.get(number(next, from, numbers)).add(from);
      }
    }
  }

  private int number(SmallWorld world, int from, Map<SmallWorld, Integer> numbers) {
    Integer known = numbers.putIfAbsent(world, worlds.size());
    if (known != null) {
      return known;
    }
    worlds.add(world);
    cameFrom.add(from);
    comeFrom.add(new ArrayList<>(2));
    return worlds.size() - 1;
  }

  int size() {
    return worlds.size();
  }

  /** A shortest way to such a world, from the start on; empty if there is none. */
  Optional<List<SmallWorld>> shortestWayTo(Predicate<SmallWorld> wanted) {
    for (int i = 0; i < worlds.size(); i++) {
      if (wanted.test(worlds.get(i))) {
        return Optional.of(wayTo(i));
      }
    }
    return Optional.empty();
  }

  /** A shortest way to a world from which no good end can be reached; empty if there is none. */
  Optional<List<SmallWorld>> shortestWayToDeadEnd() {
    BitSet hopeful = new BitSet(worlds.size());
    Deque<Integer> left = new ArrayDeque<>();
    for (int i = 0; i < worlds.size(); i++) {
      if (worlds.get(i).isGoodEnd()) {
        left.add(i);
      }
    }
    while (!left.isEmpty()) {
      int next = left.remove();
      if (!hopeful.get(next)) {
        hopeful.set(next);
        left.addAll(comeFrom.get(next));
      }
    }
    int deadEnd = hopeful.nextClearBit(0);
    return deadEnd < worlds.size() ? Optional.of(wayTo(deadEnd)) : Optional.empty();
  }

  private List<SmallWorld> wayTo(int end) {
    List<SmallWorld> way = new ArrayList<>();
    for (int i = end; i >= 0; i = cameFrom.get(i)) {
      way.add(0, worlds.get(i));
    }
    return way;
  }
}
