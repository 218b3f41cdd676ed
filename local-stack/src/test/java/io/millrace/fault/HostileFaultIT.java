package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that mean harm, beside one that does not. */
@Tag("faults")
@Timeout(300)
class HostileFaultIT {
  private static final Duration SOME_TIME = Duration.ofSeconds(10);
  private static final int CLIENTS = 8;

  /** Every outcome that a good client must not get; those of hostile bodies are others. */
  private static final List<String> UNDESERVED =
      List.of("internal-error", "not-queued", "overloaded", "request-timeout", "stopping");

  @TempDir Path folder;

  @Test
  void bodies_hostile_keepNoOtherClientFromIts202() throws Exception {
    Deque<HostileClients> clients = new ArrayDeque<>();
    FaultCase.named("hostile bodies of 8 connections for 10 s")
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                clients.push(
                    HostileClients.start(
                        rig.web(0).address().resolve("/v1/collections"),
                        CLIENTS,
                        random.nextLong())))
        .heal(
            (rig, random) -> {
              clients.pop().stop();
              for (String outcome : UNDESERVED) {
                double count =
                    rig.web(0)
                        .metrics()
                        .sum("millrace_web_requests_total{outcome=\"" + outcome + "\"}");
                assertThat(count).as(outcome).isZero();
              }
            })
        .run(folder);
  }
}
