package io.millrace.fault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults in a process: its admin port held by others, and an Error in one of its threads. */
@Tag("faults")
@Timeout(600)
class ProcessFaultIT {
  private static final int LOOKS = 5;

  @TempDir Path folder;

  @Test
  void adminPorts_heldByOthers_answerProbes() throws Exception {
    try (HalfSent peers = new HalfSent()) {
      FaultCase.named("300 half-sent probes and 50 that do not read, on both admin ports")
          .rounds(3)
          .fault(
              (rig, random) -> {
                List<URI> ports = List.of(rig.web(0).admin(), rig.worker(0).admin());
                for (URI port : ports) {
                  peers.hold(port);
                }
                for (int look = 0; look < LOOKS; look++) {
                  for (URI port : ports) {
                    peers.assertProbed(port);
                  }
                  Step.last(Duration.ofMillis(500));
                }
              })
          .heal((rig, random) -> peers.letGo())
          .run(folder);
    }
  }

  @Test
  void worker_errorInAStage_endsWith70AndLosesAndDoublesNothing() throws Exception {
    FaultCase.named("an Error in a thread of the worker, which ends with 70")
        .on(Plan.of(1, 1).erring())
        .rounds(5)
        .fault(
            (rig, random) -> {
              rig.worker(0).makeError();
              rig.worker(0).awaitEnd(70);
            })
        .heal((rig, random) -> rig.worker(0).start())
        .run(folder);
  }
}
