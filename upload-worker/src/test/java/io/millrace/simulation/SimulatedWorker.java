package io.millrace.simulation;

import io.millrace.model.Claim;
import io.millrace.queue.SendResult;
import java.util.List;

/**
 * One run of a worker: receives, sorts out suspects and what was received too often, has the rest
 * in rolls. Ends by a crash, or when told to stop; then another is started.
 */
final class SimulatedWorker {
  private static final int POLLERS = 2;
  private static final int DEAD_LETTER_TRIES = 3;
  private static final long RESTART_MS = 60_000;
  private static final long DRAIN_MS = 20_000;

  private final World world;
  private final Services services;
  private final Invariants invariants;
  private final SimulatedProcess process;
  private final Leases leases;
  private final Rolls rolls;
  private final Suspects suspects;
  private int receiving;
  private boolean stopping;

  SimulatedWorker(World world, Services services, Invariants invariants, String name) {
    this.world = world;
    this.services = services;
    this.invariants = invariants;
    this.process = new SimulatedProcess(world, name, this::startNext);
    this.leases = new Leases(world, process, services.queue());
    Parts parts = new Parts(world, process, services.store(), leases);
    this.rolls = new Rolls(parts);
    this.suspects = new Suspects(parts, rolls);
  }

  void run() {
    invariants.started(this::checkIdle);
    for (int i = 0; i < POLLERS; i++) {
      process.step(this::poll);
    }
  }

  private void startNext() {
    SimulatedWorker next = new SimulatedWorker(world, services, invariants, process.name() + "'");
    world.scheduler().after(world.chance().upTo(RESTART_MS), next::run);
  }

  private void poll() {
    if (world.strikes(Fault.STOP)) {
      stop();
    }
    services.queue().whenVisible(process, this::reserve);
  }

  private void reserve() {
    leases.whenReserved(this::receive);
  }

  private void receive() {
    if (stopping) {
      leases.received(List.of());
      return;
    }
    receiving++;
    services
        .queue()
        .receive(
            process,
            got -> {
              receiving--;
              leases.received(got);
              got.forEach(this::take);
              process.step(this::poll);
            });
  }

  private void take(Delivery delivery) {
    if (delivery.receiveCount() > world.scenario().maxReceives()) {
      sendToDeadLetters(delivery, 1);
    } else if (world.rules().isSuspect(delivery)) {
      suspects.add(delivery);
    } else {
      rolls.add(new Held(delivery, Claim.NONE));
    }
  }

  private void sendToDeadLetters(Delivery delivery, int tries) {
    services
        .deadLetters()
        .send(
            process,
            delivery.message().copyOf(delivery.id()).withDeadLetter(true),
            result -> {
              if (result instanceof SendResult.Sent) {
                leases.delete(delivery);
              } else if (tries < DEAD_LETTER_TRIES) {
                sendToDeadLetters(delivery, tries + 1);
              } else {
                leases.letGo(delivery);
              }
            });
  }

  private void stop() {
    if (!stopping) {
      world.note(process.name(), () -> "is told to stop");
      stopping = true;
      rolls.closeAll();
      process.stepAfter(world.chance().upTo(DRAIN_MS), this::handBack);
    }
  }

  private void handBack() {
    if (receiving > 0) {
      process.step(this::handBack);
      return;
    }
    world.note(process.name(), () -> "hands back what it holds and ends");
    leases.handBack();
    invariants.settled(process.name(), leases.reservedBytes(), 0);
    process.end();
    startNext();
  }

  private void checkIdle() {
    if (!process.isGone()) {
      invariants.settled(process.name(), leases.reservedBytes(), rolls.underWay());
    }
  }
}
