package io.millrace.benchmark.report;

import org.HdrHistogram.Histogram;

/** Percentiles of latencies in milliseconds, counted from the intended time of each request. */
public record Latency(double p50, double p90, double p99, double p999, double max) {
  private static final double MICROS_PER_MILLI = 1000;

  /** Of a histogram in microseconds. */
  public static Latency of(Histogram micros) {
    return new Latency(
        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(90) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
        micros.getMaxValue() / MICROS_PER_MILLI);
  }
}
