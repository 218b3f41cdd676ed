package io.millrace.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker holds: the room for it is reserved before it is received, and given back when it is
 * settled, by being deleted or let go; until then it is kept hidden.
 */
final class Leases {
  private static final long MESSAGE_BYTES = 1;
  private static final long RECEIVE_BYTES = 10 * MESSAGE_BYTES;
  private static final long ROOM_BYTES = 25 * MESSAGE_BYTES;
  private static final int DELETE_TRIES = 3;

  private final World world;
  private final SimulatedProcess process;
  private final SimulatedQueue queue;
  private final Map<Long, Delivery> held = new LinkedHashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private long reservedBytes;
  private boolean extending;

  Leases(World world, SimulatedProcess process, SimulatedQueue queue) {
    this.world = world;
    this.process = process;
    this.queue = queue;
  }

  /** Goes on when there is room for whatever a receive may bring; it is reserved then. */
  void whenReserved(Runnable then) {
    if (reservedBytes + RECEIVE_BYTES <= ROOM_BYTES) {
      reservedBytes += RECEIVE_BYTES;
      then.run();
    } else {
      waiting.add(() -> whenReserved(then));
    }
  }

  /** Takes what a receive brought, and gives back the rest of its room. */
  void received(List<Delivery> got) {
    got.forEach(each -> held.put(each.handle(), each));
    release(RECEIVE_BYTES - got.size() * MESSAGE_BYTES);
    if (!extending && !held.isEmpty()) {
      extending = true;
      process.stepAfter(world.scenario().visibilityMs() / 3, this::extend);
    }
  }

  private void extend() {
    extending = !held.isEmpty();
    if (extending) {
      long ms = world.scenario().visibilityMs();
      held.values().forEach(each -> queue.changeVisibility(process, each, ms));
      process.stepAfter(ms / 3, this::extend);
    }
  }

  /** Deletes a message, whose batch is safe; if that fails it comes again. */
  void delete(Delivery delivery) {
    delete(delivery, 1);
  }

  private void delete(Delivery delivery, int tries) {
    queue.delete(
        process,
        delivery,
        deleted -> {
          if (deleted || tries == DELETE_TRIES) {
            letGo(delivery);
          } else {
            delete(delivery, tries + 1);
          }
        });
  }

  /** Lets a message lie until its visibility ends. */
  void letGo(Delivery delivery) {
    if (held.remove(delivery.handle()) != null) {
      release(MESSAGE_BYTES);
    }
  }

  /** Shows all messages to others at once. */
  void handBack() {
    for (Delivery each : List.copyOf(held.values())) {
      queue.changeVisibility(process, each, 0);
      letGo(each);
    }
  }

  private void release(long bytes) {
    reservedBytes -= bytes;
    List<Runnable> woken = List.copyOf(waiting);
    waiting.clear();
    woken.forEach(process::step);
  }

  long reservedBytes() {
    return reservedBytes;
  }
}
