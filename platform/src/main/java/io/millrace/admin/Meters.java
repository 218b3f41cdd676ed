package io.millrace.admin;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.trace.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Makes the registry of a tier's meters, and the buckets of its histograms. */
public final class Meters {
  private Meters() {}

  /**
   * A registry that shows whether the process may be sent work, and whose buckets and counters
   * point to traces, if there are any.
   *
   * @param tracing tells which trace a value belongs to
   */
  public static PrometheusMeterRegistry registry(Tracing tracing, Health health) {
    PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(
            new ForEveryScraper(), new PrometheusRegistry(), Clock.SYSTEM, tracing.exemplars());
    Gauge.builder("millrace.ready", health, h -> h.state() == Health.State.READY ? 1 : 0)
        .description("1 if the process may be sent work, 0 while it starts or stops")
        .register(registry);
    return registry;
  }

  /** Upper bounds of a histogram's buckets, rising. */
  public static Duration[] buckets(ChronoUnit unit, long... bounds) {
    return LongStream.of(bounds)
        .mapToObj(bound -> Duration.of(bound, unit))
        .toArray(Duration[]::new);
  }

  /**
   * Without what Micrometer adds by default: exemplars on other lines, for which Prometheus before
   * 2.43 refuses the whole page.
   */
  private record ForEveryScraper() implements PrometheusConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      return new Properties();
    }
  }
}
