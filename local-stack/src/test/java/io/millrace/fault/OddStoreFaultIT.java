package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores that differ from S3, and hops and rules before S3 that refuse one object for good. */
@Tag("faults")
@Timeout(600)
class OddStoreFaultIT {
  /** Rolls of several batches: a second's worth. */
  private static final Plan LINKED =
      Plan.of(1, 1)
          .behindLinks()
          .with("VISIBILITY_TIMEOUT_SECONDS", "6")
          .with("ROLL_MAX_AGE_MS", "1000");

  private static final Duration SOME_TIME = Duration.ofSeconds(10);

  /** Above the longest message of the load, below a roll. */
  private static final int SHORT_BYTES = 24 * 1024;

  /** More than a tombstone. */
  private static final int DATA_BYTES = 100;

  @TempDir Path folder;

  /** A worker that is killed leaves messages that the next looks for by LIST. */
  @Test
  void store_listingOddly_losesAndDoublesNothing() throws Exception {
    FaultCase.named(
            "LIST begins with an empty page, repeats keys up to start-after; kill -9 of the worker")
        .on(LINKED)
        .rounds(5)
        .lasting(Duration.ofSeconds(2))
        .fault((rig, random) -> rig.s3().gateway().listOddly())
        .heal(
            (rig, random) -> {
              rig.worker(0).kill();
              rig.worker(0).start();
            })
        .check((rig, random) -> assertThat(rig.s3().gateway().oddPages()).isPositive())
        .run(folder);
  }

  @Test
  void hop_refusingLongBodies_losesAndDoublesNothing() throws Exception {
    FaultCase.named("a hop answers 413 to each PUT of more than 24 KiB, and the worker is killed")
        .on(LINKED)
        .rounds(3)
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                rig.s3()
                    .gateway()
                    .answer(Calls.putsLongerThan(SHORT_BYTES), Answers.tooLargeForAHop()))
        .heal(
            (rig, random) -> {
              assertThat(rig.worker(0).metrics().sum("millrace_worker_rolls_split_total"))
                  .as("rolls that were split")
                  .isPositive();
              rig.worker(0).kill();
              rig.s3().restore();
              rig.worker(0).start();
            })
        .run(folder);
  }

  @Test
  void store_refusingOneKeysData_storesItElsewhereOnce() throws Exception {
    FaultCase.named("S3 answers 403 to the data at one key for good, and takes others")
        .on(LINKED)
        .rounds(3)
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                rig.s3().gateway().answer(Calls.putsOfOneKey(DATA_BYTES), Answers.accessDenied()))
        .heal(
            (rig, random) ->
                assertThat(rig.worker(0).metrics().sum("millrace_worker_rolls_split_total"))
                    .as("rolls that were split")
                    .isPositive())
        .run(folder);
  }

  /** Not even a tombstone is taken there: what was announced at that key is set aside. */
  @Test
  void store_refusingOneKey_setsItsBatchesAsideAndStoresThemOnceSentBack() throws Exception {
    FaultCase.named(
            "S3 answers 400 to every PUT at one key; its dead letters are sent back at last")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                rig.s3().gateway().answer(Calls.putsOfOneKey(0), Answers.invalidRequest()))
        .settle(
            (rig, random) -> {
              assertThat(rig.deadLetters()).as("set aside").isPositive();
              rig.s3().restore();
              Letters.sendBack(rig);
            })
        .run(folder);
  }
}
