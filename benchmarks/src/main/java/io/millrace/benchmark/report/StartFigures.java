package io.millrace.benchmark.report;

import io.millrace.benchmark.process.TierStarts.Start;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long one tier took to start, in one way.
 *
 * @param tier the launcher's command for it
 * @param way how it was started
 * @param withArchive whether each start had a class-data archive
 * @param medianSeconds until readiness was answered with 200
 * @param medianCpuSeconds until then, of all threads
 * @param seconds of each start, in their order
 */
public record StartFigures(
    String tier,
    String way,
    boolean withArchive,
    double medianSeconds,
    double medianCpuSeconds,
    List<Double> seconds) {

  /**
   * Of the starts.
   *
   * @param starts at least one
   */
  public static StartFigures of(String tier, String way, List<Start> starts) {
    return new StartFigures(
        tier,
        way,
        starts.stream().allMatch(Start::withArchive),
        median(starts, Start::seconds),
        median(starts, Start::cpuSeconds),
        starts.stream().map(Start::seconds).toList());
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    return Medians.median(starts.stream().mapToDouble(figure).toArray());
  }
}
