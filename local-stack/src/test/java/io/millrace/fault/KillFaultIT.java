package io.millrace.fault;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, stopped and paused at random moments. */
@Tag("faults")
@Timeout(600)
class KillFaultIT {
  private static final int ROUNDS = 20;

  @TempDir Path folder;

  @Test
  void web_killed_losesAndDoublesNothing() throws Exception {
    FaultCase.named("kill -9 of the web tier")
        .rounds(ROUNDS)
        .fault((rig, random) -> rig.web(0).kill())
        .heal((rig, random) -> rig.web(0).start())
        .run(folder);
  }

  @Test
  void worker_killed_losesAndDoublesNothing() throws Exception {
    FaultCase.named("kill -9 of the worker")
        .rounds(ROUNDS)
        .fault((rig, random) -> rig.worker(0).kill())
        .heal((rig, random) -> rig.worker(0).start())
        .run(folder);
  }

  @Test
  void both_killed_loseAndDoubleNothing() throws Exception {
    FaultCase.named("kill -9 of both tiers")
        .rounds(ROUNDS)
        .fault(
            (rig, random) -> {
              rig.web(0).kill();
              rig.worker(0).kill();
            })
        .heal(
            (rig, random) -> {
              rig.web(0).start();
              rig.worker(0).start();
            })
        .run(folder);
  }

  @Test
  void web_terminated_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SIGTERM of the web tier")
        .rounds(ROUNDS)
        .fault((rig, random) -> rig.web(0).stop())
        .heal((rig, random) -> rig.web(0).start())
        .run(folder);
  }

  @Test
  void worker_terminated_losesAndDoublesNothing() throws Exception {
    FaultCase.named("SIGTERM of the worker")
        .rounds(ROUNDS)
        .fault((rig, random) -> rig.worker(0).stop())
        .heal((rig, random) -> rig.worker(0).start())
        .run(folder);
  }

  @Test
  void both_terminated_loseAndDoubleNothing() throws Exception {
    FaultCase.named("SIGTERM of both tiers")
        .rounds(ROUNDS)
        .fault(
            (rig, random) -> {
              rig.web(0).stop();
              rig.worker(0).stop();
            })
        .heal(
            (rig, random) -> {
              rig.web(0).start();
              rig.worker(0).start();
            })
        .run(folder);
  }

  @Test
  void worker_pausedForLongerThanItsVisibility_doublesNothing() throws Exception {
    FaultCase.named("SIGSTOP of one of two workers for 6 s, visibility timeout 4 s")
        .on(Plan.of(1, 2))
        .rounds(4)
        .lasting(Rig.VISIBILITY.plus(Duration.ofSeconds(2)))
        .fault((rig, random) -> rig.worker(0).pause())
        .heal((rig, random) -> rig.worker(0).resume())
        .run(folder);
  }
}
