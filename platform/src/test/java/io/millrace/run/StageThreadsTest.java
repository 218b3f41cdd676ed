package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageThreadsTest {
  private static final Duration SHORT = Duration.ofNanos(1);

  private final Ticker ticker = Ticker.system();
  private final Backoff backoff = new Backoff(SHORT, SHORT, new Random(1));
  private final Fault fault = new Fault();

  private boolean join(StageThreads threads) {
    return threads.join(ticker.nanos() + Duration.ofSeconds(30).toNanos());
  }

  @Test
  void run_stepFailsWithAnException_goesOn() {
    AtomicInteger turns = new AtomicInteger();
    StageThreads threads =
        StageThreads.start(
            "stage",
            List.of(
                () -> {
                  if (turns.incrementAndGet() < 5) {
                    throw new IllegalStateException("unexpected");
                  }
                  return false;
                }),
            backoff,
            ticker,
            fault);

    assertThat(join(threads)).isTrue();
    assertThat(turns).hasValue(5);
    assertThat(fault.isReported()).isFalse();
  }

  @Test
  void run_stepFailsWithAnError_isTheProcessesFault() throws InterruptedException {
    StageThreads threads =
        StageThreads.start(
            "stage",
            List.of(
                () -> {
                  throw new NoClassDefFoundError("a jar is gone");
                }),
            backoff,
            ticker,
            fault);

    fault.await();
    assertThat(join(threads)).isTrue();
  }
}
