package io.millrace.benchmark.report;

import io.millrace.benchmark.process.PipelineSpec;

/**
 * How a case was measured.
 *
 * @param target what was loaded
 * @param checkout whose jars ran
 * @param offeredPerSecond requests; 0 for a closed loop
 * @param requestBytes on the wire, on average, with head
 * @param payloads of a collection, on average
 * @param tiers how they were started
 */
public record RunSettings(
    String target,
    String checkout,
    int connections,
    double offeredPerSecond,
    double requestBytes,
    double payloads,
    String encoding,
    PipelineSpec tiers) {}
