package io.millrace.benchmark.report;

import io.millrace.benchmark.load.LoadCounts;

/**
 * What the load generator saw in the measured time.
 *
 * @param seconds of it
 * @param requestsPerSecond answered with 202
 * @param payloadsPerSecond told as accepted by these answers
 * @param latencyMs of all answers
 * @param counts in the measured time
 */
public record LoadFigures(
    double seconds,
    double requestsPerSecond,
    double payloadsPerSecond,
    Latency latencyMs,
    LoadCounts counts) {

  /** Requests that did not end with a 202. */
  public long notAccepted() {
    return counts.answered()
        - counts.answered202()
        + counts.broken()
        + counts.unanswered()
        + counts.unsent();
  }
}
