package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Someone else writes to the queue. */
@Tag("faults")
@Timeout(300)
class ForgedFaultIT {
  private static final Duration SOME_TIME = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void messages_forged_becomeDeadLettersAndDoNoHarm() throws Exception {
    Deque<Forger> forgers = new ArrayDeque<>();
    FaultCase.named("forged messages on the queue for 10 s")
        .on(Plan.of(1, 1).with("ROLL_MAX_AGE_MS", "3000").with("VISIBILITY_TIMEOUT_SECONDS", "6"))
        .lasting(SOME_TIME)
        .fault(
            (rig, random) ->
                forgers.push(
                    Forger.start(
                        rig.queue(),
                        rig.web(0).address().resolve("/v1/collections"),
                        random.nextLong())))
        .heal((rig, random) -> forgers.peek().stop())
        .settle(
            (rig, random) -> {
              forgers.pop().assertBuried(Letters.take(rig));
              double contradictions =
                  rig.worker(0)
                      .metrics()
                      .sum("millrace_worker_dead_letters_total{reason=\"contradiction\"}");
              assertThat(contradictions).as("contradictions").isPositive();
            })
        .run(folder);
  }
}
