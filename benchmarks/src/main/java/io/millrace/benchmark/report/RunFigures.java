package io.millrace.benchmark.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one measured case.
 *
 * @param name unique in its report
 * @param reference name of the run that it stands beside; null for a reference itself
 * @param allocatedBytesPerRequest of the web tier, by its own jvm_gc_memory_allocated_bytes_total,
 *     which grows with each collection of garbage, for each request answered with 202; null if it
 *     tells none
 * @param services null if nothing was asked of queue and store, or not counted
 * @param dollarsPerMillion requests to queue and store for a million requests answered with 202;
 *     null likewise
 * @param stored null if the target stores nothing
 */
public record RunFigures(
    String name,
    @Nullable String reference,
    RunSettings settings,
    LoadFigures load,
    List<PartFigures> parts,
    @Nullable Double allocatedBytesPerRequest,
    @Nullable ServiceUse services,
    @Nullable Double dollarsPerMillion,
    @Nullable StoredFigures stored,
    List<Sample> course) {

  /** One part's figures. */
  Optional<PartFigures> part(String part) {
    return parts.stream().filter(figures -> figures.part().equals(part)).findFirst();
  }

  /** Whether every acknowledged payload is stored once, if anything had to be. */
  public boolean isComplete() {
    return stored == null || stored.isComplete();
  }
}
