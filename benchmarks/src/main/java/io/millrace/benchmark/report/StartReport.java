package io.millrace.benchmark.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long the tiers take to start; its JSON form has these names.
 *
 * @param date ISO 8601, UTC
 * @param options as given
 */
public record StartReport(
    String date, Machine machine, List<String> options, List<StartFigures> starts) {
  private static final List<String> HEAD =
      List.of(
          "tier",
          "started by",
          "class-data archive",
          "starts",
          "median s",
          "fastest s",
          "slowest s",
          "CPU s");

  /**
   * Writes {@code start-<date>.json} and {@code .md}.
   *
   * @return the Markdown file
   */
  public Path write(Path folder) throws IOException {
    return ReportFiles.in(folder, "start", date).write(this, text());
  }

  /** A row for each tier and way. */
  public String table() {
    Table table = new Table(HEAD);
    for (StartFigures figures : starts) {
      table.add(
          List.of(
              figures.tier(),
              figures.way(),
              figures.withArchive() ? "yes" : "no",
              Integer.toString(figures.seconds().size()),
              hundredths(figures.medianSeconds()),
              hundredths(Collections.min(figures.seconds())),
              hundredths(Collections.max(figures.seconds())),
              hundredths(figures.medianCpuSeconds())));
    }
    return table.toMarkdown();
  }

  private String text() {
    return "# bench start, %s\n\n%s\n\nOptions: `%s`\n\n%s"
        .formatted(date, machine.text(), String.join(" ", options), table());
  }

  private static String hundredths(double figure) {
    return String.format(Locale.ROOT, "%.2f", figure);
  }
}
