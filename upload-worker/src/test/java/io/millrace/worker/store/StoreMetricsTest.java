package io.millrace.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.object.PutResult;
import io.millrace.time.FakeTicker;
import io.millrace.worker.StoreRig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeTicker ticker = new FakeTicker();
  private final StoreMetrics metrics = new StoreMetrics(registry, ticker);

  private void put(String kind, PutResult result, Duration took) {
    metrics.timed(
        kind,
        () -> {
          ticker.advance(took);
          return result;
        });
  }

  private double seconds(String kind, String result) {
    return registry
        .get("millrace.worker.put")
        .tags("object", kind, "result", result)
        .timer()
        .totalTime(TimeUnit.SECONDS);
  }

  @Test
  void timed_kindsAndResults_haveATimerEach() {
    put("data", new PutResult.Stored(), Duration.ofSeconds(1));
    put("data", new PutResult.AlreadyThere(), Duration.ofSeconds(2));
    put("data", StoreRig.NO_ANSWER, Duration.ofSeconds(4));
    put("claim", new PutResult.Stored(), Duration.ofSeconds(8));
    assertThat(seconds("data", "known")).isEqualTo(3);
    assertThat(seconds("data", "unknown")).isEqualTo(4);
    assertThat(seconds("claim", "known")).isEqualTo(8);
    assertThat(registry.find("millrace.worker.put").timers()).hasSize(3);
  }

  /** A registration costs more than a small PUT's bookkeeping should. */
  @Test
  void timed_manyPuts_registerOnce() {
    SimpleMeterRegistry counted = new SimpleMeterRegistry();
    List<Meter.Id> asked = new ArrayList<>();
    counted
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                asked.add(id);
                return id;
              }
            });
    StoreMetrics counting = new StoreMetrics(counted, ticker);
    asked.clear();
    for (int i = 0; i < 100; i++) {
      counting.timed("data", PutResult.Stored::new);
    }
    assertThat(asked).hasSize(1);
  }
}
