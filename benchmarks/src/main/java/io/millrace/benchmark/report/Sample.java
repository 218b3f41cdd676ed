package io.millrace.benchmark.report;

import java.util.Map;

/**
 * One point of a run's course.
 *
 * @param second of the measured time at which it was taken
 * @param requestsPerSecond answered since the sample before
 * @param latencyMs of these
 * @param rssBytes memory in use of each part, largest process
 */
public record Sample(
    double second, double requestsPerSecond, Latency latencyMs, Map<String, Long> rssBytes) {}
