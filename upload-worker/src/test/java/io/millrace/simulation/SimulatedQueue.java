package io.millrace.simulation;

import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A standard queue of SQS, or its dead-letter queue: delivers at least once and in any order, hides
 * for a time what it delivered, counts receives. A send may take effect long after the sender gave
 * up; a deleted message may come once more, with a higher receive count.
 */
final class SimulatedQueue {
  private static final int MAX_RECEIVE = 10;
  private static final long GIVES_UP_MS = 5_000;
  private static final long LATEST_MS = 2 * 3_600_000;

  private final QueueException noAnswer = new QueueException("simulated", null);
  private final World world;
  private final Invariants invariants;
  private final String name;
  private final @Nullable SimulatedQueue deadLetters;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Long, Entry> byHandle = new HashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private long messages;

  /**
   * @param name is what message ids begin with
   * @param deadLetters where messages go that were received too often; null if they stay
   */
  SimulatedQueue(
      World world, Invariants invariants, String name, @Nullable SimulatedQueue deadLetters) {
    this.world = world;
    this.invariants = invariants;
    this.name = name;
    this.deadLetters = deadLetters;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void send(SimulatedProcess caller, Message message, Consumer<SendResult> then) {
    if (world.strikes(Fault.SEND_REFUSED)) {
      world.note(caller.name(), () -> "SEND " + message + " is refused");
      caller.step(() -> then.accept(new SendResult.Refused(noAnswer)));
      return;
    }
    boolean lost = world.strikes(Fault.SEND_LOST);
    if (lost || world.strikes(Fault.SEND_ANSWER_LOST)) {
      world.note(caller.name(), () -> "SEND " + message + " is not answered");
      if (!lost) {
        world.scheduler().after(world.chance().upTo(LATEST_MS), () -> add(message));
      }
      caller.stepAfter(
          world.chance().upTo(GIVES_UP_MS), () -> then.accept(new SendResult.Unknown(noAnswer)));
      return;
    }
    Runnable take =
        () -> {
          String id = add(message);
          caller.step(() -> then.accept(new SendResult.Sent(id)));
        };
    world.scheduler().after(world.briefly(), take);
  }

  private String add(Message message) {
    Entry entry = new Entry(name + ++messages, message, world.scheduler().nowMs());
    world.note("queue", () -> entry.id + " is " + message);
    put(entry);
    if (!message.from().isEmpty()) {
      invariants.copied(message.from());
    }
    return entry.id;
  }

  private void put(Entry entry) {
    entries.add(entry);
    wake();
  }

  /**
   * Moves old messages as another hand does, with a new id, time and count. What made it a dead
   * letter may be told, if it was.
   */
  void moveTo(SimulatedQueue other, long sentBeforeMs) {
    for (Entry entry : List.copyOf(entries)) {
      if (entry.isVisible() && entry.sentMs < sentBeforeMs) {
        boolean told = entry.message.deadLetter() && world.chance().happens(0.5);
        other.add(entry.message.copyOf(entry.id).withDeadLetter(told));
        remove(entry);
      }
    }
  }

  /** Goes on once when there may be something to receive. */
  void whenVisible(SimulatedProcess caller, Runnable then) {
    if (entries.stream().anyMatch(Entry::isVisible)) {
      caller.step(then);
    } else {
      waiting.add(() -> caller.step(then));
    }
  }

  private void wake() {
    if (!waiting.isEmpty() && entries.stream().anyMatch(Entry::isVisible)) {
      List<Runnable> woken = List.copyOf(waiting);
      waiting.clear();
      woken.forEach(Runnable::run);
    }
  }

  void receive(SimulatedProcess caller, Consumer<List<Delivery>> then) {
    Runnable deliver =
        () -> {
          List<Delivery> got = deliverAny();
          boolean lost = world.strikes(Fault.RECEIVE_ANSWER_LOST);
          world.note(caller.name(), () -> "RECEIVE -> " + got + (lost ? ", not answered" : ""));
          caller.step(() -> then.accept(lost ? List.of() : got));
        };
    world.scheduler().after(world.briefly(), deliver);
  }

  private List<Delivery> deliverAny() {
    List<Delivery> got = new ArrayList<>();
    List<Entry> visible = new ArrayList<>(entries);
    visible.removeIf(each -> !each.isVisible());
    int wanted = world.chance().between(1, MAX_RECEIVE);
    while (!visible.isEmpty() && got.size() < wanted) {
      Entry entry = visible.remove(world.chance().between(0, visible.size() - 1));
      if (deadLetters != null && entry.receiveCount >= world.scenario().netReceives()) {
        world.note("queue", () -> entry.id + " moves to the dead letters by itself");
        remove(entry);
        deadLetters.put(entry.moved());
      } else {
        got.add(deliver(entry));
      }
    }
    return got;
  }

  private Delivery deliver(Entry entry) {
    entry.receiveCount++;
    entry.handle = byHandle.size() + 1L;
    byHandle.put(entry.handle, entry);
    hide(entry, world.scenario().visibilityMs());
    if (world.strikes(Fault.DELIVERED_AGAIN)) {
      hide(entry, world.chance().upTo(world.scenario().visibilityMs()));
    }
    return new Delivery(entry.message, entry.id, entry.handle, entry.receiveCount, entry.sentMs);
  }

  private void hide(Entry entry, long ms) {
    entry.visibleAtMs = world.scheduler().nowMs() + ms;
    world.scheduler().after(ms, this::wake);
  }

  /** Deletes the message; its handle may still be good for that when there is a newer one. */
  void delete(SimulatedProcess caller, Delivery delivery, Consumer<Boolean> then) {
    boolean lost = world.strikes(Fault.DELETE_LOST);
    boolean answered = !lost && !world.strikes(Fault.DELETE_ANSWER_LOST);
    Runnable delete =
        () -> {
          boolean deleted = !lost && delete(delivery);
          world.note(
              caller.name(),
              () ->
                  "DELETE %s %s -> %s%s"
                      .formatted(
                          delivery.id(), delivery.batch(), deleted, answered ? "" : ", no answer"));
          caller.step(() -> then.accept(deleted && answered));
        };
    world.scheduler().after(world.briefly(), delete);
  }

  private boolean delete(Delivery delivery) {
    Entry entry = byHandle.get(delivery.handle());
    if (!entries.contains(entry)) {
      return true;
    }
    if (entry.handle != delivery.handle() && world.chance().happens(0.5)) {
      return false;
    }
    invariants.deleted(entry.id, entry.message);
    if (world.strikes(Fault.DELETED_COMES_AGAIN)) {
      hide(entry, world.chance().upTo(LATEST_MS));
    } else {
      remove(entry);
    }
    return true;
  }

  private void remove(Entry entry) {
    entries.remove(entry);
  }

  /** Hides a message anew from now on, 0 shows it; nobody relies on an answer. */
  void changeVisibility(SimulatedProcess caller, Delivery delivery, long ms) {
    boolean lost = world.strikes(Fault.EXTENSION_LOST);
    if (lost) {
      world.note(caller.name(), () -> "VISIBILITY " + delivery.id() + " " + ms + " fails");
      return;
    }
    Runnable change =
        () -> {
          Entry entry = byHandle.get(delivery.handle());
          boolean good = entry.handle == delivery.handle() || world.chance().happens(0.5);
          if (entries.contains(entry) && !entry.isVisible() && good) {
            hide(entry, ms);
          }
        };
    world.scheduler().after(world.briefly(), change);
  }

  @Override
  public String toString() {
    return entries.stream().map(each -> each.id + " " + each.message).toList().toString();
  }

  /** A message on the queue. */
  private final class Entry {
    private final String id;
    private final Message message;
    private final long sentMs;
    private int receiveCount;
    private long handle;
    private long visibleAtMs;

    Entry(String id, Message message, long sentMs) {
      this.id = id;
      this.message = message;
      this.sentMs = sentMs;
    }

    boolean isVisible() {
      return visibleAtMs <= world.scheduler().nowMs();
    }

    Entry moved() {
      return new Entry(id, message, sentMs);
    }
  }
}
