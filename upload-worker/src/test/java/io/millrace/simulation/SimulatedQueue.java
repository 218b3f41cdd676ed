package io.millrace.simulation;

import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls to a standard queue of SQS, or to its dead-letter queue: each takes effect some time later,
 * and is answered or not. A send may take effect long after the sender gave up.
 */
final class SimulatedQueue {
  private static final long GIVES_UP_MS = 5_000;
  private static final long LATEST_MS = 2 * 3_600_000;

  private final QueueException noAnswer = new QueueException("simulated", null);
  private final World world;
  private final QueueState state;

  SimulatedQueue(World world, QueueState state) {
    this.world = world;
    this.state = state;
  }

  QueueState state() {
    return state;
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
        world.scheduler().after(world.chance().upTo(LATEST_MS), () -> state.add(message));
      }
      caller.stepAfter(
          world.chance().upTo(GIVES_UP_MS), () -> then.accept(new SendResult.Unknown(noAnswer)));
      return;
    }
    takeEffect(
        () -> {
          String id = state.add(message);
          caller.step(() -> then.accept(new SendResult.Sent(id)));
        });
  }

  /** Goes on once when there may be something to receive. */
  void whenVisible(SimulatedProcess caller, Runnable then) {
    state.whenVisible(() -> caller.step(then));
  }

  void receive(SimulatedProcess caller, Consumer<List<Delivery>> then) {
    takeEffect(
        () -> {
          List<Delivery> got = state.deliverAny();
          boolean lost = world.strikes(Fault.RECEIVE_ANSWER_LOST);
          world.note(caller.name(), () -> "RECEIVE -> " + got + (lost ? ", not answered" : ""));
          caller.step(() -> then.accept(lost ? List.of() : got));
        });
  }

  /**
   * Deletes the message.
   *
   * @param then learns whether it is surely gone
   */
  void delete(SimulatedProcess caller, Delivery delivery, Consumer<Boolean> then) {
    boolean lost = world.strikes(Fault.DELETE_LOST);
    boolean answered = !lost && !world.strikes(Fault.DELETE_ANSWER_LOST);
    takeEffect(
        () -> {
          boolean deleted = !lost && state.delete(delivery);
          world.note(
              caller.name(),
              () ->
                  "DELETE %s %s -> %s%s"
                      .formatted(
                          delivery.id(),
                          delivery.batch(),
                          deleted ? "ok" : "failed",
                          answered ? "" : ", not answered"));
          caller.step(() -> then.accept(deleted && answered));
        });
  }

  /** Hides a message anew from now on, 0 shows it; nobody relies on an answer. */
  void changeVisibility(SimulatedProcess caller, Delivery delivery, long ms) {
    if (world.strikes(Fault.EXTENSION_LOST)) {
      world.note(caller.name(), () -> "VISIBILITY of " + delivery.id() + " fails");
      return;
    }
    takeEffect(() -> state.changeVisibility(delivery, ms));
  }

  private void takeEffect(Runnable call) {
    world.scheduler().after(world.briefly(), call);
  }
}
