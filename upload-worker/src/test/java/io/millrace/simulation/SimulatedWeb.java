package io.millrace.simulation;

import io.millrace.model.Codec;
import io.millrace.queue.SendResult;

/**
 * One run of a web tier: opens batches and sends each until the queue has it or its time is over.
 * The next run, after a crash, opens what this one has not.
 */
final class SimulatedWeb {
  private static final long ACK_TIMEOUT_MS = 60_000;
  private static final long BACKOFF_MS = 20_000;

  private final World world;
  private final SimulatedQueue queue;
  private final Invariants invariants;
  private final Start start;
  private final SimulatedProcess process;
  private final long skewMs;
  private int opened;

  /**
   * @param start how this run begins, and how the next one will
   */
  SimulatedWeb(World world, SimulatedQueue queue, Invariants invariants, Start start) {
    this.world = world;
    this.queue = queue;
    this.invariants = invariants;
    this.start = start;
    this.process = new SimulatedProcess(world, start.name(), this::startNext);
    long skew = world.chance().upTo(world.scenario().skewMs());
    this.skewMs = world.chance().happens(0.5) ? skew : -skew;
  }

  /**
   * @param name of the run
   * @param batches to open
   */
  record Start(String name, int batches) {
    Start next(int left) {
      return new Start(name + "'", left);
    }
  }

  void run() {
    for (int i = 0; i < start.batches; i++) {
      process.stepAfter(world.chance().upTo(world.scenario().spreadMs()), this::open);
    }
  }

  private void startNext() {
    if (opened < start.batches) {
      new SimulatedWeb(world, queue, invariants, start.next(start.batches - opened)).run();
    }
  }

  private void open() {
    opened++;
    Codec codec = world.chance().happens(0.8) ? Codec.ZSTD : Codec.GZIP;
    String batch = start.name + "-" + opened;
    Message message = new Message(batch, clockMs(), codec, false, false, "");
    long deadlineMs = world.scheduler().nowMs() + ACK_TIMEOUT_MS;
    world.note(start.name, () -> "opens " + batch);
    process.step(() -> send(message, deadlineMs));
  }

  private void send(Message message, long deadlineMs) {
    queue.send(process, message, result -> answered(message, deadlineMs, result));
  }

  private void answered(Message message, long deadlineMs, SendResult result) {
    if (result instanceof SendResult.Sent) {
      world.note(start.name, () -> "acknowledges " + message.batch());
      invariants.acknowledged(message.batch());
      return;
    }
    long backoffMs = world.chance().upTo(BACKOFF_MS);
    if (world.scheduler().nowMs() + backoffMs >= deadlineMs) {
      world.note(start.name, () -> "abandons " + message.batch());
      return;
    }
    Message again =
        result instanceof SendResult.Unknown
            ? world.rules().furtherTry(message, clockMs())
            : message;
    process.stepAfter(backoffMs, () -> send(again, deadlineMs));
  }

  private long clockMs() {
    return world.scheduler().nowMs() + skewMs;
  }
}
