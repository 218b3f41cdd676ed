package io.millrace.benchmark.report;

import org.jspecify.annotations.Nullable;

/**
 * What a part took in the measured time; several processes of a name are one part.
 *
 * @param part {@code web}, {@code worker}, {@code servers} or {@code load}
 * @param cpuMicrosPerRequest by the operating system, for each request answered with 202
 * @param peakRssBytes of the largest process since its start; null where the system does not tell
 */
public record PartFigures(String part, double cpuMicrosPerRequest, @Nullable Long peakRssBytes) {}
