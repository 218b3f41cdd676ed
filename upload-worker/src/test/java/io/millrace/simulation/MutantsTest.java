package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.Simulation.Outcome;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation bites: without any one of the rules it finds a run that breaks a promise. */
class MutantsTest {
  private static final long MOST_SEEDS = 3_000;

  @ParameterizedTest
  @EnumSource(Rule.class)
  void run_withoutOneRule_breaksAPromise(Rule off, TestReporter reporter) {
    Optional<Outcome> broken =
        LongStream.range(0, MOST_SEEDS)
            .parallel()
            .mapToObj(seed -> Simulation.run(seed, off, circumstances(off), false))
            .filter(outcome -> !outcome.isGood())
            .findFirst();

    assertThat(broken).as("a broken run without " + off).isPresent();
    Outcome first = broken.orElseThrow();
    reporter.publishEntry(off.name(), "seed %d: %s".formatted(first.seed(), first.violation()));
    assertThat(first.violation().invariant()).isIn(wouldBreak(off));
  }

  /** A dead letter comes back too soon to be told by its age in few runs of all. */
  private static Function<Chance, Scenario> circumstances(Rule off) {
    return off == Rule.REDRIVE_IS_MARKED ? Scenario::quickRedrive : Scenario::any;
  }

  private static Set<Invariant> wouldBreak(Rule off) {
    return switch (off) {
      case CONFLICT_IS_LOOKED_AT, DELETE_AFTER_STORED -> EnumSet.of(Invariant.DELETED_WHEN_SAFE);
      case MANIFEST_IS_EXACT -> EnumSet.of(Invariant.AS_ANNOUNCED, Invariant.DELETED_WHEN_SAFE);
      case NEW_KEY_PER_ATTEMPT ->
          EnumSet.of(Invariant.AS_ANNOUNCED, Invariant.NOTHING_TWICE, Invariant.ENDS);
      case NO_OVERWRITE -> EnumSet.of(Invariant.NOTHING_TWICE, Invariant.DELETED_WHEN_SAFE);
      default -> EnumSet.of(Invariant.NOTHING_TWICE);
    };
  }
}
