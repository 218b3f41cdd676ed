package io.millrace.admin;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.trace.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Makes the registry of a tier's meters. */
public final class Meters {
  private Meters() {}

  /**
   * A registry whose histograms point to traces, if there are any.
   *
   * @param tracing tells which trace a value belongs to
   */
  public static PrometheusMeterRegistry registry(Tracing tracing) {
    return new PrometheusMeterRegistry(
        PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, tracing.exemplars());
  }
}
