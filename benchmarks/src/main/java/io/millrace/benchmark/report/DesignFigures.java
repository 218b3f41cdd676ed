package io.millrace.benchmark.report;

import io.millrace.benchmark.load.LoadCounts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one design made of the load.
 *
 * @param name in tables and plots
 * @param answeredPerSecond requests, with 200 or 202, in the measured time
 * @param storedPerSecond payloads, in the measured time
 * @param latencyMs of all answers; what was not answered counts as long as it was waited for
 * @param counts of the whole run, the warm-up included
 * @param acknowledged payloads of the answers 200 and 202 of the whole run, by the mean of the
 *     collections
 * @param stored payloads that lie in the store when nothing comes any more after the kill, each
 *     counted once; also those of requests that were never answered
 * @param outOfMemory what the process said of it; null if nothing
 * @param course memory and latency over the measured time
 */
public record DesignFigures(
    String name,
    double answeredPerSecond,
    double storedPerSecond,
    Latency latencyMs,
    LoadCounts counts,
    long acknowledged,
    long stored,
    @Nullable String outOfMemory,
    List<Sample> course) {
  /**
   * Payloads that a client was told are taken and that are nowhere, at least: each one that is
   * stored without having been acknowledged hides one that was acknowledged and is lost.
   */
  public long lost() {
    return Math.max(0, acknowledged - stored);
  }

  /**
   * Memory of all processes of the design at the end of the measured time, without queue and store.
   */
  public long rssBytes() {
    return course.isEmpty() ? 0 : rssBytes(course.get(course.size() - 1));
  }

  /** The same at a point of the course. */
  public static long rssBytes(Sample sample) {
    return sample.rssBytes().entrySet().stream()
        .filter(part -> !part.getKey().equals("servers"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
