package io.millrace.fault;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Several of each tier at once. */
@Tag("faults")
@Isolated("it starts nine processes")
@Timeout(600)
class FleetFaultIT {
  private static final int WEBS = 2;
  private static final int WORKERS = 4;

  @TempDir Path folder;

  @Test
  void fleet_oneOfEachDyingAgainAndAgain_losesAndDoublesNothing() throws Exception {
    int[] struck = new int[2];
    FaultCase.named("4 workers and 2 web tiers, kill -9 of one of each every 10 s")
        .on(Plan.of(WEBS, WORKERS))
        .rounds(4)
        .every(Duration.ofSeconds(8))
        .fault(
            (rig, random) -> {
              struck[0] = random.nextInt(WEBS);
              struck[1] = random.nextInt(WORKERS);
              rig.web(struck[0]).kill();
              rig.worker(struck[1]).kill();
            })
        .heal(
            (rig, random) -> {
              rig.web(struck[0]).start();
              rig.worker(struck[1]).start();
            })
        .run(folder);
  }
}
