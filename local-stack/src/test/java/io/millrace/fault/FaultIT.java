package io.millrace.fault;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short piece of the suite: in every build, the hardest moment for either tier to die. */
@Timeout(300)
class FaultIT {
  @TempDir Path folder;

  @Test
  void bothTiers_killedWhileAnswersAreLost_loseAndDoubleNothing() throws Exception {
    FaultCase.named("short: answers of SQS and S3 are lost, and both tiers are killed")
        .on(Plan.of(1, 1).behindLinks())
        .rounds(3)
        .lasting(Duration.ofSeconds(1))
        .fault(
            (rig, random) -> {
              rig.sqs().gateway().dropAnswer(Calls.of("SendMessage|DeleteMessageBatch"));
              rig.s3().gateway().dropAnswer(Calls.dataPuts());
            })
        .heal(
            (rig, random) -> {
              rig.web(0).kill();
              rig.worker(0).kill();
              rig.sqs().restore();
              rig.s3().restore();
              rig.web(0).start();
              rig.worker(0).start();
            })
        .run(folder);
  }
}
