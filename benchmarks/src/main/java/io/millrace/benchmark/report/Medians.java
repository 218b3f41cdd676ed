package io.millrace.benchmark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The medians of runs that were repeated. */
public final class Medians {
  private Medians() {}

  /**
   * A row of medians for each group.
   *
   * @param groups what the names of a group's runs begin with; each has a run
   */
  public static String table(List<RunFigures> runs, List<String> groups) {
    Table table =
        new Table(
            List.of("median of", "requests/s", "p99 ms", "web µs CPU", "worker µs", "servers µs"));
    for (String group : groups) {
      List<RunFigures> own = runs.stream().filter(run -> run.name().startsWith(group)).toList();
      List<String> cells = new ArrayList<>();
      cells.add(group);
      cells.add(cell("%,.0f", own, run -> run.load().requestsPerSecond()));
      cells.add(cell("%,.1f", own, run -> run.load().latencyMs().p99()));
      for (String part : List.of("web", "worker", "servers")) {
        cells.add(cell("%,.1f", own, run -> cpu(run, part)));
      }
      table.add(cells);
    }
    return table.toMarkdown();
  }

  /**
   * The median.
   *
   * @param figures at least one
   */
  static double median(double... figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String cell(
      String format, List<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
    return String.format(Locale.ROOT, format, median(runs.stream().mapToDouble(figure).toArray()));
  }

  private static double cpu(RunFigures run, String part) {
    return run.part(part).map(PartFigures::cpuMicrosPerRequest).orElse(0.0);
  }
}
