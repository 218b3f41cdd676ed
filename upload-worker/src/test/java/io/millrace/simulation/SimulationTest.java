package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.Simulation.Outcome;
import io.millrace.worker.exactlyonce.Step;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs with all rules kept; {@code -Dsimulation.seeds} sets how many. */
class SimulationTest {
  private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);
  private static final long ENOUGH_TO_MEET_ALL = 500;

  /** Its store refuses nothing for good, and no two messages of a batch have other bytes. */
  private static final Set<Class<?>> NOT_IN_THE_MODEL =
      Set.of(Step.Contradicted.class, Step.Refused.class, Step.Open.class);

  @Test
  void run_manySeeds_keepsEveryPromise() {
    LongStream.range(0, SEEDS)
        .parallel()
        .mapToObj(seed -> Simulation.run(seed, null, Scenario::any, false))
        .filter(outcome -> !outcome.isGood())
        .findFirst()
        .ifPresent(bad -> assertGood(withHistory(bad.seed())));
  }

  @Test
  @EnabledIfSystemProperty(named = "simulation.seed", matches = "\\d+")
  void run_oneSeed_keepsEveryPromise() {
    Outcome outcome = withHistory(Long.getLong("simulation.seed"));
    System.out.println(outcome);
    assertGood(outcome);
  }

  @Test
  void run_sameSeedAgain_hasSameHistory() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(withHistory(seed)).hasToString(withHistory(seed).toString());
    }
  }

  @Test
  void run_someSeeds_meetEveryFaultAndEveryStep() {
    Set<Fault> struck = EnumSet.noneOf(Fault.class);
    Set<Class<?>> taken = new HashSet<>();
    for (long seed = 0; seed < ENOUGH_TO_MEET_ALL; seed++) {
      World world = Simulation.run(seed, null, Scenario::any, false).world();
      struck.addAll(world.faults().struck());
      taken.addAll(world.rules().taken());
    }
    assertThat(struck).containsExactlyInAnyOrder(Fault.values());
    Set<Class<?>> steps = new HashSet<>();
    Stream.of(Step.Write.class, Step.Check.class)
        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
        .forEach(steps::add);
    steps.removeAll(NOT_IN_THE_MODEL);
    assertThat(taken).isEqualTo(steps);
  }

  private static Outcome withHistory(long seed) {
    return Simulation.run(seed, null, Scenario::any, true);
  }

  private static void assertGood(Outcome outcome) {
    assertThat(outcome.isGood()).as(outcome::toString).isTrue();
  }
}
