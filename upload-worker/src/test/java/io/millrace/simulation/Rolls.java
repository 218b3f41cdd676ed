package io.millrace.simulation;

import io.millrace.model.Codec;
import io.millrace.model.Hour;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A worker's rolls: one open per hour and codec; closed ones are written, some at a time. */
final class Rolls {
  private final Parts parts;
  private final Scenario scenario;
  private final Map<Partition, List<Held>> open = new LinkedHashMap<>();
  private final Deque<RollWrite> closed = new ArrayDeque<>();
  private final long skewMs;
  private int writing;
  private int keys;

  Rolls(Parts parts) {
    this.parts = parts;
    this.scenario = parts.world().scenario();
    this.skewMs = parts.world().chance().upTo(scenario.skewMs());
  }

  /** What the batches of a roll have in common. */
  private record Partition(Hour hour, Codec codec) {}

  void add(Held held) {
    Delivery delivery = held.delivery();
    Partition partition = new Partition(delivery.hour(), delivery.message().codec());
    List<Held> roll = open.computeIfAbsent(partition, this::open);
    roll.add(held);
    if (roll.size() >= scenario.rollBatches()) {
      close(partition, roll);
    }
  }

  private List<Held> open(Partition partition) {
    List<Held> roll = new ArrayList<>();
    long ageMs = parts.world().chance().upTo(scenario.rollAgeMs());
    parts.process().stepAfter(ageMs, () -> close(partition, roll));
    return roll;
  }

  void closeAll() {
    List.copyOf(open.keySet()).forEach(each -> close(each, open.get(each)));
  }

  private void close(Partition partition, List<Held> roll) {
    if (open.get(partition) == roll) {
      open.remove(partition);
      closed.add(new RollWrite(parts, () -> nextKey(partition), this::written, roll));
      writeNext();
    }
  }

  private String nextKey(Partition partition) {
    long closedMs = parts.world().scheduler().nowMs() + skewMs;
    return SimulatedStore.KEYS.data(
        partition.hour, closedMs, parts.process().name(), ++keys, partition.codec);
  }

  private void written() {
    writing--;
    writeNext();
  }

  private void writeNext() {
    if (writing < scenario.processes().uploads() && !closed.isEmpty()) {
      writing++;
      parts.process().step(closed.remove()::start);
    }
  }

  /** How many are not settled yet. */
  int underWay() {
    return open.size() + closed.size() + writing;
  }
}
