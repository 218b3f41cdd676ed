package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One fault under load, from the running pipeline to the proof: start the rig, let the fault happen
 * and end in so many rounds, drain, compare every acknowledged payload with the bucket, record.
 * Built and run by one thread.
 */
final class FaultCase {
  /** When in a round the fault happens, at most. */
  private static final Duration LATEST = Duration.ofSeconds(1);

  private final String name;
  private Plan plan = Plan.of(1, 1);
  private int rounds = 1;
  private Duration between = Duration.ZERO;
  private Duration lasting = Duration.ZERO;
  private Step inject = (rig, random) -> {};
  private Step heal = (rig, random) -> {};
  private Step settle = (rig, random) -> {};
  private Step check = (rig, random) -> {};

  private FaultCase(String name) {
    this.name = name;
  }

  /** A case; its name is the row's in the table. */
  static FaultCase named(String name) {
    return new FaultCase(name);
  }

  /** What it runs on; one web tier and one worker if not told. */
  FaultCase on(Plan given) {
    plan = given;
    return this;
  }

  /** How often the fault happens, at random moments; once if not told. */
  FaultCase rounds(int given) {
    rounds = given;
    return this;
  }

  /** Least time between two rounds, beside the random one. */
  FaultCase every(Duration given) {
    between = given;
    return this;
  }

  /** How long the fault lasts; no time if not told. */
  FaultCase lasting(Duration given) {
    lasting = given;
    return this;
  }

  /** How the fault begins. */
  FaultCase fault(Step given) {
    inject = given;
    return this;
  }

  /** How it ends. */
  FaultCase heal(Step given) {
    heal = given;
    return this;
  }

  /**
   * What is done once the queue is empty, before anything is looked at: dead letters that belong to
   * the case are looked at, and taken away or sent back.
   */
  FaultCase settle(Step given) {
    settle = given;
    return this;
  }

  /** What else has to hold once the queue is empty, while the workers still run. */
  FaultCase check(Step given) {
    check = given;
    return this;
  }

  /** Runs the case in an empty folder. Any loss and any double fails it, after it was recorded. */
  void run(Path folder) throws Exception {
    long seed = Long.getLong("millrace.seed", new Random().nextInt(1_000_000));
    System.out.printf("%s: seed %d (-Dmillrace.seed=%d)%n", name, seed, seed);
    Random random = new Random(seed);
    Path logs = Reliability.logs(name);
    try (Rig rig = Rig.start(plan, folder)) {
      try {
        List<Instant> healed = rounds(rig, random);
        rig.drain();
        settle.run(rig, random);
        Verdict verdict = compare(rig, healed);
        Reliability.record(name, rounds, verdict, seed);
        verdict.assertNothingLostOrDoubled();
        Audit.run(rig).assertProven(verdict.acknowledged());
        check.run(rig, random);
        assertThat(rig.deadLetters()).as("dead letters").isZero();
        rig.stopWorkers();
      } finally {
        rig.keepLogs(logs);
      }
    }
  }

  private List<Instant> rounds(Rig rig, Random random) throws Exception {
    List<Instant> healed = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Step.last(between.plusMillis(random.nextInt((int) LATEST.toMillis())));
      inject.run(rig, random);
      Step.last(lasting);
      healed.add(Instant.now());
      heal.run(rig, random);
      rig.awaitFlow();
    }
    return healed;
  }

  private static Verdict compare(Rig rig, List<Instant> healed) throws IOException {
    return Verdict.of(Acknowledged.read(rig.receipts()), Stored.read(rig.bucket()), healed);
  }
}
