package io.millrace.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The course of a long run as Markdown: whether latency or memory grow. */
final class CourseTable {
  private static final double LONG_SECONDS = 60;
  private static final int MAX_ROWS = 30;
  private static final double MIB = 1 << 20;

  private CourseTable() {}

  /** Nothing for a run of less than a minute. */
  static String of(RunFigures run) {
    List<Sample> course = run.course();
    if (run.load().seconds() < LONG_SECONDS || course.isEmpty()) {
      return "";
    }
    SortedSet<String> parts = new TreeSet<>();
    course.forEach(sample -> parts.addAll(sample.rssBytes().keySet()));
    List<String> head =
        new ArrayList<>(List.of("second", "requests/s", "p50 ms", "p99 ms", "max ms"));
    parts.forEach(part -> head.add(part + " MiB"));
    Table table = new Table(head);
    int step = (course.size() + MAX_ROWS - 1) / MAX_ROWS;
    for (int i = step - 1; i < course.size(); i += step) {
      table.add(row(course.get(i), parts));
    }
    return "\n## Course of " + run.name() + "\n\n" + table.toMarkdown();
  }

  private static List<String> row(Sample sample, SortedSet<String> parts) {
    List<String> cells = new ArrayList<>();
    cells.add(text("%.0f", sample.second()));
    cells.add(text("%,.0f", sample.requestsPerSecond()));
    cells.add(text("%,.1f", sample.latencyMs().p50()));
    cells.add(text("%,.1f", sample.latencyMs().p99()));
    cells.add(text("%,.1f", sample.latencyMs().max()));
    for (String part : parts) {
      cells.add(text("%,.0f", sample.rssBytes().getOrDefault(part, 0L) / MIB));
    }
    return cells;
  }

  private static String text(String format, double figure) {
    return String.format(Locale.ROOT, format, figure);
  }
}
