package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * S3 away, refusing, slow, full, or doing what it does not tell. None of it is a message's fault:
 * the worker keeps what it holds, and nothing is delivered a second time.
 */
@Tag("faults")
@Timeout(600)
class StoreFaultIT {
  /** Held messages have to be kept through a fault longer than this. */
  private static final Plan LINKED =
      Plan.of(1, 1).behindLinks().with("VISIBILITY_TIMEOUT_SECONDS", "6");

  private static final Duration SOME_TIME = Duration.ofSeconds(10);
  private static final int HALF = 50;
  private static final int MOST = 80;

  @TempDir Path folder;

  @Test
  void store_unreachable_losesDoublesAndRedeliversNothing() throws Exception {
    FaultCase.named("S3 unreachable for 30 s")
        .on(LINKED)
        .lasting(Duration.ofSeconds(30))
        .fault((rig, random) -> rig.s3().wire().unplug())
        .heal((rig, random) -> rig.s3().restore())
        .check(StoreFaultIT::nothingRedelivered)
        .run(folder);
  }

  @Test
  void store_answering500_losesDoublesAndRedeliversNothing() throws Exception {
    FaultCase.named("S3 answers 500 for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault((rig, random) -> rig.s3().gateway().answer(Calls.all(), Answers.storeFails()))
        .heal((rig, random) -> rig.s3().restore())
        .check(StoreFaultIT::nothingRedelivered)
        .run(folder);
  }

  /** A PUT may take 2 s. */
  @Test
  void store_slowerThanTheTimeout_losesDoublesAndRedeliversNothing() throws Exception {
    FaultCase.named("S3 carries out, but answers after 3 s, for 15 s")
        .on(LINKED)
        .lasting(Duration.ofSeconds(15))
        .fault((rig, random) -> rig.s3().gateway().answerLate(Calls.all(), Duration.ofSeconds(3)))
        .heal((rig, random) -> rig.s3().restore())
        .check(StoreFaultIT::nothingRedelivered)
        .run(folder);
  }

  @Test
  void store_droppingAnswers_losesDoublesAndRedeliversNothing() throws Exception {
    FaultCase.named("S3 carries out, but half of its answers are lost, for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault((rig, random) -> rig.s3().gateway().dropAnswer(Calls.all().percent(HALF, random)))
        .heal((rig, random) -> rig.s3().restore())
        .check(StoreFaultIT::nothingRedelivered)
        .run(folder);
  }

  /** What the dead worker had stored can't have been deleted: its messages come again. */
  @Test
  void store_droppingAnswersToPutsOfAWorkerThatDies_doublesNothing() throws Exception {
    FaultCase.named("S3 stores, but no PUT is answered, and the worker is killed meanwhile")
        .on(LINKED)
        .rounds(5)
        .lasting(Duration.ofSeconds(1))
        .fault((rig, random) -> rig.s3().gateway().dropAnswer(Calls.dataPuts()))
        .heal(
            (rig, random) -> {
              rig.worker(0).kill();
              rig.s3().restore();
              rig.worker(0).start();
            })
        .run(folder);
  }

  @Test
  void store_askingToSlowDown_losesDoublesAndRedeliversNothing() throws Exception {
    FaultCase.named("S3 answers 503 SlowDown to 80 % of the PUTs for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                rig.s3().gateway().answer(Calls.puts().percent(MOST, random), Answers.slowDown()))
        .heal((rig, random) -> rig.s3().restore())
        .check(StoreFaultIT::nothingRedelivered)
        .run(folder);
  }

  @Test
  void store_onAFullDisk_losesDoublesAndRedeliversNothing() throws Exception {
    FaultCase.named("the store's disk is full for 10 s")
        .on(Plan.of(1, 1).with("VISIBILITY_TIMEOUT_SECONDS", "6").onSmallDisk())
        .lasting(SOME_TIME)
        .fault((rig, random) -> rig.disk().fill())
        .heal((rig, random) -> rig.disk().free())
        .check(StoreFaultIT::nothingRedelivered)
        .run(folder);
  }

  private static void nothingRedelivered(Rig rig, Random random) throws Exception {
    assertThat(rig.redelivered()).as("messages received a second time").isZero();
  }
}
