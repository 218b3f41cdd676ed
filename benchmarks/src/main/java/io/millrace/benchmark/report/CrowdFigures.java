package io.millrace.benchmark.report;

import io.millrace.benchmark.load.NormalClient.Answers;

/**
 * What many connections of one kind of body did to a web tier.
 *
 * @param kind its name
 * @param statuses their answers by status with counts, as text
 * @param normal what the client beside them was answered
 * @param heapPeakBytes most of the heap that was in use when it was looked at
 */
public record CrowdFigures(String kind, String statuses, Answers normal, double heapPeakBytes) {}
