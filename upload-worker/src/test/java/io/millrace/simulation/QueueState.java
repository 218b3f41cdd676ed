package io.millrace.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a queue, and what calls do to them when they take effect. What was received too
 * often moves to the dead letters by itself, without a mark.
 */
final class QueueState {
  private static final int MAX_RECEIVE = 10;
  private static final long LATEST_MS = 2 * 3_600_000;

  private final World world;
  private final Invariants invariants;
  private final String name;
  private final @Nullable QueueState deadLetters;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Long, Entry> byHandle = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private int added;

  /**
   * @param name is what message ids begin with
   * @param deadLetters where messages go that were received too often; null if they stay
   */
  QueueState(World world, Invariants invariants, String name, @Nullable QueueState deadLetters) {
    this.world = world;
    this.invariants = invariants;
    this.name = name;
    this.deadLetters = deadLetters;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Takes a message and returns its id. */
  String add(Message message) {
    Entry entry = new Entry(name + ++added, message, nowMs());
    world.note("queue", () -> "has " + entry);
    put(entry);
    if (!message.from().isEmpty()) {
      invariants.copied(message.from());
    }
    return entry.id();
  }

  private void put(Entry entry) {
    entries.add(entry);
    wake();
  }

  /** Runs that once something may be received, now or later. */
  void whenVisible(Runnable then) {
    waiting.add(then);
    wake();
  }

  private void wake() {
    if (!waiting.isEmpty() && entries.stream().anyMatch(this::isVisible)) {
      List<Runnable> woken = List.copyOf(waiting);
      waiting.clear();
      woken.forEach(Runnable::run);
    }
  }

  /** Delivers some of the visible messages, in any order. */
  List<Delivery> deliverAny() {
    List<Delivery> got = new ArrayList<>();
    List<Entry> visible = new ArrayList<>(entries);
    visible.removeIf(each -> !isVisible(each));
    int wanted = world.chance().between(1, MAX_RECEIVE);
    while (!visible.isEmpty() && got.size() < wanted) {
      Entry entry = visible.remove(world.chance().between(0, visible.size() - 1));
      if (deadLetters != null && entry.receiveCount() >= world.scenario().netReceives()) {
        world.note("queue", () -> "moves " + entry + " to the dead letters");
        entries.remove(entry);
        deadLetters.put(new Entry(entry.id(), entry.message(), entry.sentMs()));
      } else {
        got.add(deliver(entry));
      }
    }
    return got;
  }

  private Delivery deliver(Entry entry) {
    Delivery delivery = entry.deliver(byHandle.size() + 1L);
    byHandle.put(delivery.handle(), entry);
    long visibilityMs = world.scenario().visibilityMs();
    boolean again = world.strikes(Fault.DELIVERED_AGAIN);
    hide(entry, again ? world.chance().upTo(visibilityMs) : visibilityMs);
    return delivery;
  }

  private void hide(Entry entry, long ms) {
    entry.hideUntil(nowMs() + ms);
    world.scheduler().after(ms, this::wake);
  }

  /** Deletes the message; with a handle that is not its latest, that may fail. */
  boolean delete(Delivery delivery) {
    Entry entry = byHandle.get(delivery.handle());
    if (!entries.contains(entry)) {
      return true;
    }
    if (!isGood(delivery, entry)) {
      return false;
    }
    invariants.deleted(entry.id(), entry.message());
    if (world.strikes(Fault.DELETED_COMES_AGAIN)) {
      hide(entry, world.chance().upTo(LATEST_MS));
    } else {
      entries.remove(entry);
    }
    return true;
  }

  /** Hides a message in flight anew; with a handle that is not its latest, that may fail. */
  void changeVisibility(Delivery delivery, long ms) {
    Entry entry = byHandle.get(delivery.handle());
    if (entries.contains(entry) && !isVisible(entry) && isGood(delivery, entry)) {
      hide(entry, ms);
    }
  }

  private boolean isGood(Delivery delivery, Entry entry) {
    return entry.isLatest(delivery) || world.chance().happens(0.5);
  }

  /**
   * Moves old messages as another hand does, with a new id, time and count. What made it a dead
   * letter may be told, if it was.
   */
  void moveTo(QueueState other, long sentBeforeMs) {
    for (Entry entry : List.copyOf(entries)) {
      if (isVisible(entry) && entry.sentMs() < sentBeforeMs) {
        Message message = entry.message();
        boolean told = message.deadLetter() && world.chance().happens(0.5);
        other.add(message.copyOf(entry.id()).withDeadLetter(told));
        entries.remove(entry);
      }
    }
  }

  private boolean isVisible(Entry entry) {
    return entry.isVisible(nowMs());
  }

  private long nowMs() {
    return world.scheduler().nowMs();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
