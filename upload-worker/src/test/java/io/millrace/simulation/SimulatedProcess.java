package io.millrace.simulation;

/**
 * One run of a process: does step after step, until it crashes or ends. Answers to its calls are
 * steps of it; none is made by a process that is gone.
 */
final class SimulatedProcess {
  private final World world;
  private final String name;
  private final Runnable afterCrash;
  private boolean gone;
  private long pausedUntilMs;

  /**
   * @param afterCrash runs at once when the process has crashed
   */
  SimulatedProcess(World world, String name, Runnable afterCrash) {
    this.world = world;
    this.name = name;
    this.afterCrash = afterCrash;
  }

  String name() {
    return name;
  }

  boolean isGone() {
    return gone;
  }

  /** Does something after a moment. */
  void step(Runnable action) {
    stepAfter(world.briefly(), action);
  }

  void stepAfter(long delayMs, Runnable action) {
    world.scheduler().after(delayMs, () -> take(action));
  }

  /** Does nothing any more. */
  void end() {
    gone = true;
  }

  private void take(Runnable action) {
    if (gone) {
      return;
    }
    long nowMs = world.scheduler().nowMs();
    if (nowMs >= pausedUntilMs && world.strikes(Fault.PAUSE)) {
      pausedUntilMs = nowMs + world.chance().upTo(3 * world.scenario().visibilityMs());
      world.note(name, () -> "PAUSES for " + (pausedUntilMs - nowMs) + " ms");
    }
    if (nowMs < pausedUntilMs) {
      stepAfter(pausedUntilMs - nowMs + world.briefly(), action);
    } else if (world.strikes(Fault.CRASH)) {
      world.note(name, () -> "CRASHES");
      gone = true;
      afterCrash.run();
    } else {
      action.run();
    }
  }
}
