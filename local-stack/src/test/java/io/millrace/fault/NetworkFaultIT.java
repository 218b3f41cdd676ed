package io.millrace.fault;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network between clients, tiers, queue and store. */
@Tag("faults")
@Timeout(600)
class NetworkFaultIT {
  private static final Plan LINKED = Plan.of(1, 1).behindLinks();
  private static final Duration SOME_TIME = Duration.ofSeconds(10);
  private static final Duration LATENCY = Duration.ofMillis(300);

  /** Less than the load, so that there is always something in the middle of its way. */
  private static final int SLOW_BYTES_PER_SECOND = 100_000;

  private static final int CUTS = 25;

  @TempDir Path folder;

  @Test
  void network_slow_losesAndDoublesNothing() throws Exception {
    FaultCase.named("300 ms more latency on every connection for 10 s")
        .on(LINKED)
        .lasting(SOME_TIME)
        .fault((rig, random) -> rig.wires().forEach(wire -> wire.delay(LATENCY)))
        .heal((rig, random) -> rig.wires().forEach(Wire::restore))
        .run(folder);
  }

  @Test
  void network_cutInMidBody_losesAndDoublesNothing() throws Exception {
    FaultCase.named("25 cuts of all connections in mid-body")
        .on(LINKED)
        .fault(
            (rig, random) -> {
              rig.wires().forEach(wire -> wire.limit(SLOW_BYTES_PER_SECOND));
              for (int i = 0; i < CUTS; i++) {
                Step.last(Duration.ofMillis(100 + random.nextInt(500)));
                rig.wires().forEach(Wire::cut);
              }
            })
        .heal((rig, random) -> rig.wires().forEach(Wire::restore))
        .run(folder);
  }

  /** What was sent into the silence arrives when it ends, after the sender has given it up. */
  @Test
  void network_halfOpen_losesAndDoublesNothing() throws Exception {
    FaultCase.named("half-open: every connection silent for 15 s, then all arrives")
        .on(LINKED)
        .lasting(Duration.ofSeconds(15))
        .fault((rig, random) -> rig.wires().forEach(Wire::freeze))
        .heal((rig, random) -> rig.wires().forEach(Wire::restore))
        .run(folder);
  }
}
