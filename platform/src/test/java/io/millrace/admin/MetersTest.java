package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.run.Fault;
import io.millrace.trace.RecordedSpans;
import io.millrace.trace.TraceSpan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {
  @Test
  void registry_traced_hasExemplarsWhereEveryPrometheusTakesThem() {
    RecordedSpans spans = new RecordedSpans();
    PrometheusMeterRegistry registry = Meters.registry(spans.tracing(), new Health(new Fault()));

    TraceSpan.within(
        spans.request(),
        () -> {
          registry.counter("counted").increment();
          registry.timer("timed").record(Duration.ofMillis(1));
          DistributionSummary.builder("summed").register(registry).record(1);
          Timer.builder("bucketed")
              .serviceLevelObjectives(Duration.ofSeconds(1))
              .register(registry)
              .record(Duration.ofMillis(1));
          return 0;
        });

    List<String> withExemplars =
        registry
            .scrape("application/openmetrics-text; version=1.0.0; charset=utf-8")
            .lines()
            .filter(line -> line.contains(" # {"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .toList();
    assertThat(withExemplars)
        .containsExactlyInAnyOrder("counted_total", "bucketed_seconds_bucket{le=\"1.0\"}");
  }
}
