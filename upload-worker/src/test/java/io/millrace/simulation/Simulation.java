package io.millrace.simulation;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run: everything that one seed decides, from the first batch until nothing is left to do. */
final class Simulation {
  private static final int MOST_STEPS = 20_000;

  private final World world;
  private final Invariants invariants = new Invariants();
  private final Services services;

  private Simulation(World world) {
    this.world = world;
    QueueState deadLetters = new QueueState(world, invariants, "d", null);
    QueueState queue = new QueueState(world, invariants, "m", deadLetters);
    this.services =
        new Services(
            new SimulatedQueue(world, queue),
            new SimulatedQueue(world, deadLetters),
            new SimulatedStore(world, invariants));
  }

  /**
   * Runs it.
   *
   * @param off the rule that is not kept; null if all are
   * @param circumstances under which it runs
   */
  static Outcome run(
      long seed,
      @Nullable Rule off,
      Function<Chance, Scenario> circumstances,
      boolean withHistory) {
    Chance chance = new Chance(seed);
    Scenario scenario = circumstances.apply(chance);
    World world =
        new World(
            scenario,
            new Scheduler(scenario.startMs()),
            chance,
            new Faults(scenario.faults(), chance),
            new RulesUnderTest(off),
            new History(withHistory));
    return new Simulation(world).run(seed);
  }

  private Outcome run(long seed) {
    Violation violation = null;
    try {
      start();
      runToEnd();
    } catch (Violation e) {
      violation = e;
    }
    return new Outcome(seed, world, violation);
  }

  private void start() {
    Scenario scenario = world.scenario();
    int webs = scenario.processes().webs();
    for (int i = 0; i < webs; i++) {
      int batches = (scenario.batches() + i) / webs;
      SimulatedWeb.Start start = new SimulatedWeb.Start("web" + (i + 1), batches);
      new SimulatedWeb(world, services.queue(), invariants, start).run();
    }
    for (int i = 1; i <= scenario.processes().workers(); i++) {
      SimulatedWorker worker = new SimulatedWorker(world, services, invariants, "worker" + i);
      world.scheduler().after(scenario.backlogMs(), worker::run);
    }
    new Redrive(world, services).run();
  }

  private void runToEnd() {
    int steps = 0;
    while (world.scheduler().runNext()) {
      if (++steps > MOST_STEPS) {
        throw new Violation(Invariant.ENDS, "still going on after " + steps + " steps");
      }
    }
    invariants.end(
        services.store(), List.of(services.queue().state(), services.deadLetters().state()));
  }

  /**
   * How a run ended.
   *
   * @param violation null if all is well
   */
  record Outcome(long seed, World world, @Nullable Violation violation) {
    boolean isGood() {
      return violation == null;
    }

    @Override
    public String toString() {
      return "seed %d, again with -Dsimulation.seed=%d\n%s\n%s\n%s"
          .formatted(
              seed,
              seed,
              world.scenario(),
              world.history(),
              isGood() ? "every promise kept" : violation.getMessage());
    }
  }
}
