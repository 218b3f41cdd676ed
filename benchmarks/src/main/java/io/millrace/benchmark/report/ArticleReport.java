package io.millrace.benchmark.report;

import io.millrace.benchmark.plot.Plot;
import io.millrace.benchmark.plot.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The article's designs and ours under the same load; its JSON form has these names.
 *
 * @param date ISO 8601, UTC
 * @param options as given
 * @param offeredPerSecond requests, the same for each
 * @param seconds that were measured
 * @param designs in the article's order, ours last
 */
public record ArticleReport(
    String date,
    Machine machine,
    List<String> options,
    double offeredPerSecond,
    double seconds,
    List<DesignFigures> designs) {
  private static final double MIB = 1 << 20;
  private static final List<String> HEAD =
      List.of(
          "design",
          "answered/s",
          "payloads stored/s",
          "ours ÷ these",
          "p50 ms",
          "p99 ms",
          "max ms",
          "memory MiB at the end",
          "acknowledged",
          "stored",
          "lost by kill -9, at least");

  /**
   * Writes {@code article-<date>.json} and {@code .md}, and the plots {@code …-latency.svg} and
   * {@code …-memory.svg}.
   *
   * @return the Markdown file
   */
  public Path write(Path folder) throws IOException {
    ReportFiles files = ReportFiles.in(folder, "article", date);
    Path latency = files.file("-latency.svg");
    Path memory = files.file("-memory.svg");
    String plots =
        "\n![latency](%s)\n\n![memory](%s)\n"
            .formatted(latency.getFileName(), memory.getFileName());
    Path written = files.write(this, text() + plots);
    latency().save(latency);
    memory().save(memory);
    return written;
  }

  /** The table, and which process ran out of memory. */
  public String table() {
    Table table = new Table(HEAD);
    StringBuilder notes = new StringBuilder();
    double ours = designs.isEmpty() ? 0 : designs.get(designs.size() - 1).storedPerSecond();
    for (DesignFigures design : designs) {
      table.add(cells(design, ours));
      if (design.outOfMemory() != null) {
        notes.append("\n%s: %s\n".formatted(design.name(), design.outOfMemory()));
      }
    }
    return table.toMarkdown() + notes;
  }

  private String text() {
    return "# bench article, %s\n\n".formatted(date)
        + machine.text()
        + "\n\n"
        + "Options: `%s`; %,.0f requests/s offered, %.0f s\n\n"
            .formatted(String.join(" ", options), offeredPerSecond, seconds)
        + table();
  }

  private static List<String> cells(DesignFigures design, double ours) {
    return List.of(
        design.name(),
        whole(design.answeredPerSecond()),
        whole(design.storedPerSecond()),
        whole(ours / design.storedPerSecond()),
        whole(design.latencyMs().p50()),
        whole(design.latencyMs().p99()),
        whole(design.latencyMs().max()),
        whole(design.rssBytes() / MIB),
        whole((double) design.acknowledged()),
        whole((double) design.stored()),
        whole((double) design.lost()));
  }

  private Plot latency() {
    return new Plot(
        "Latency of answers, p99 of each second, %,.0f requests/s offered"
            .formatted(offeredPerSecond),
        "seconds",
        "ms",
        true,
        series(sample -> sample.latencyMs().p99()));
  }

  private Plot memory() {
    return new Plot(
        "Memory of the design's processes", "seconds", "MiB", false, series(ArticleReport::mib));
  }

  private List<Series> series(ToDoubleFunction<Sample> figure) {
    return designs.stream().map(design -> series(design, figure)).toList();
  }

  private static Series series(DesignFigures design, ToDoubleFunction<Sample> figure) {
    return new Series(
        design.name(),
        design.course().stream()
            .map(sample -> new Series.Point(sample.second(), figure.applyAsDouble(sample)))
            .toList());
  }

  private static double mib(Sample sample) {
    return DesignFigures.rssBytes(sample) / MIB;
  }

  private static String whole(double figure) {
    return String.format(Locale.ROOT, "%,.0f", figure);
  }
}
