package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold what they can get beside those that send. */
@Tag("faults")
@Timeout(600)
class StallingFaultIT {
  private static final int SECONDS = 20;

  @TempDir Path folder;

  @Test
  void clients_thatStall_neverStandInTheWayOfOthers() throws Exception {
    FaultCase.named("256 bodies of 1 MiB and 64 heads that drip for 20 s, budget 16 MiB")
        .on(Plan.of(1, 1).with("MAX_IN_FLIGHT_BYTES", "16777216"))
        .fault(
            (rig, random) -> {
              try (Stalling stalling = new Stalling(rig.web(0).address(), 256, 64)) {
                for (int i = 0; i < SECONDS; i++) {
                  Step.last(Duration.ofSeconds(1));
                  stalling.drip();
                }
                rig.awaitFlow();
              }
            })
        .heal(
            (rig, random) -> {
              Metrics metrics = rig.web(0).metrics();
              assertThat(metrics.sum("millrace_web_requests_total{outcome=\"overloaded\"}"))
                  .isZero();
              assertThat(metrics.sum("millrace_web_requests_total{outcome=\"request-timeout\"}"))
                  .isPositive();
              assertThat(metrics.sum("millrace_web_connections_ended_total{why=\"head\"}"))
                  .isPositive();
            })
        .run(folder);
  }
}
