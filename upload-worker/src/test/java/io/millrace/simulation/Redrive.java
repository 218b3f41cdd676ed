package io.millrace.simulation;

import io.millrace.queue.SendResult;
import java.time.Duration;

/**
 * Whoever sends dead letters back: our tool, which marks them, or another hand, which does not, but
 * comes long after they were opened.
 */
final class Redrive {
  private static final double BY_ANOTHER_HAND = 0.4;
  private static final long ANOTHER_HAND_MS = Duration.ofMinutes(15).toMillis();
  private static final long LATEST_MS = Duration.ofHours(3).toMillis();

  private final World world;
  private final Services services;
  private final SimulatedProcess process;

  Redrive(World world, Services services) {
    this.world = world;
    this.services = services;
    this.process = new SimulatedProcess(world, "redrive", this::startNext);
  }

  void run() {
    services.deadLetters().whenVisible(process, this::decide);
  }

  private void startNext() {
    new Redrive(world, services).run();
  }

  private void decide() {
    if (world.chance().happens(BY_ANOTHER_HAND)) {
      process.stepAfter(ANOTHER_HAND_MS + world.chance().upTo(LATEST_MS), this::moveAll);
    } else {
      services
          .deadLetters()
          .receive(
              process,
              got -> {
                got.forEach(this::send);
                process.step(this::run);
              });
    }
  }

  private void moveAll() {
    long before = world.scheduler().nowMs() - ANOTHER_HAND_MS;
    services.deadLetters().state().moveTo(services.queue().state(), before);
    run();
  }

  private void send(Delivery letter) {
    Message again = world.rules().redriven(letter.id(), letter.message());
    services
        .queue()
        .send(
            process,
            again,
            result -> {
              if (result instanceof SendResult.Sent) {
                services.deadLetters().delete(process, letter, deleted -> {});
              }
            });
  }
}
