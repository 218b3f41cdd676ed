package io.millrace.benchmark.process;

import java.util.Map;

/**
 * How a pipeline is started.
 *
 * @param webs web tiers
 * @param workers workers
 * @param webHeap of each web tier, as {@code 1g}
 * @param workerHeap of each worker
 * @param settings environment of the tiers
 */
public record PipelineSpec(
    int webs, int workers, String webHeap, String workerHeap, Map<String, String> settings) {}
