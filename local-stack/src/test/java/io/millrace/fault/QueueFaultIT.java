package io.millrace.fault;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQS away, refusing, slow, or doing what it does not tell. */
@Tag("faults")
@Timeout(600)
class QueueFaultIT {
  private static final Plan LINKED = Plan.of(1, 1).behindLinks();
  private static final Duration SOME_TIME = Duration.ofSeconds(10);
  private static final int HALF = 50;
  private static final int MOST = 90;

  @TempDir Path folder;

  @Test
  void queue_unreachable_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SQS unreachable for 30 s")
        .on(LINKED)
        .lasting(Duration.ofSeconds(30))
        .fault((rig, random) -> rig.sqs().wire().unplug())
        .heal((rig, random) -> rig.sqs().restore())
        .run(folder);
  }

  @Test
  void queue_answering500_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SQS answers 500 for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault((rig, random) -> rig.sqs().gateway().answer(Calls.all(), Answers.queueFails()))
        .heal((rig, random) -> rig.sqs().restore())
        .run(folder);
  }

  /** Sends may take 3 s, other calls 10 s beside a long poll. */
  @Test
  void queue_slowerThanTheTimeouts_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SQS accepts, but answers sends after 4 s, other calls after 12 s, for 15 s")
        .on(LINKED)
        .lasting(Duration.ofSeconds(15))
        .fault(
            (rig, random) -> {
              Gateway gateway = rig.sqs().gateway();
              gateway.answerLate(Calls.of("SendMessage"), Duration.ofSeconds(4));
              gateway.answerLate(
                  Calls.of("ReceiveMessage|DeleteMessageBatch|ChangeMessageVisibilityBatch"),
                  Duration.ofSeconds(12));
            })
        .heal((rig, random) -> rig.sqs().restore())
        .run(folder);
  }

  @Test
  void queue_droppingAnswers_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SQS accepts, but half of its answers are lost, for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault((rig, random) -> rig.sqs().gateway().dropAnswer(Calls.all().percent(HALF, random)))
        .heal((rig, random) -> rig.sqs().restore())
        .run(folder);
  }

  /** The store fails as well, so that messages have to be kept. */
  @Test
  void queue_failingBatchesInPart_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SQS fails half of each delete and visibility batch, S3 half of the PUTs, 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault(
            (rig, random) -> {
              rig.sqs()
                  .gateway()
                  .failHalf(Calls.of("DeleteMessageBatch|ChangeMessageVisibilityBatch"));
              rig.s3().gateway().answer(Calls.puts().percent(HALF, random), Answers.storeFails());
            })
        .heal(
            (rig, random) -> {
              rig.sqs().restore();
              rig.s3().restore();
            })
        .run(folder);
  }

  @Test
  void queue_throttling_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SQS throttles 90 % of the calls for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                rig.sqs().gateway().answer(Calls.all().percent(MOST, random), Answers.throttled()))
        .heal((rig, random) -> rig.sqs().restore())
        .run(folder);
  }

  @Test
  void servers_killedAndRestartedWithTheirData_loseAndDoubleNothing() throws Exception {
    FaultCase.named("kill -9 of the queue's and the store's server, restart with their data")
        .on(Plan.of(1, 1).onDisk())
        .rounds(3)
        .fault((rig, random) -> rig.servers().kill())
        .heal((rig, random) -> rig.servers().start())
        .run(folder);
  }
}
