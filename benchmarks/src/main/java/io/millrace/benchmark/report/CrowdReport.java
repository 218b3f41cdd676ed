package io.millrace.benchmark.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a web tier survives many connections of the heaviest bodies, and still serves a normal
 * client; its JSON form has these names.
 *
 * @param date ISO 8601, UTC
 * @param options as given
 * @param connections that send heavy bodies
 * @param heap of the web tier, as {@code 256m}
 * @param survived whether the process was there at the end, without an OutOfMemoryError
 * @param figures one for each kind
 */
public record CrowdReport(
    String date,
    Machine machine,
    List<String> options,
    int connections,
    String heap,
    boolean survived,
    List<CrowdFigures> figures) {
  /** Within which the normal client has to be answered. */
  private static final double MAX_MS = 2000;

  private static final List<String> HEAD =
      List.of("bodies", "their answers", "normal 202", "others", "slowest ms", "heap peak MiB");

  public CrowdReport {
    figures = List.copyOf(figures);
  }

  /**
   * Writes {@code crowd-<date>.json} and {@code .md}.
   *
   * @return the Markdown file
   */
  public Path write(Path folder) throws IOException {
    String text =
        "# bench crowd, %s\n\n%s\n\nOptions: `%s`\n\n%s\n%s\n"
            .formatted(date, machine.text(), String.join(" ", options), table(), verdict());
    return ReportFiles.in(folder, "crowd", date).write(this, text);
  }

  /** A row for each kind of body. */
  public String table() {
    Table table = new Table(HEAD);
    for (CrowdFigures each : figures) {
      table.add(
          List.of(
              each.kind(),
              each.statuses(),
              Long.toString(each.normal().accepted()),
              Long.toString(each.normal().others()),
              number(each.normal().slowestMs()),
              number(each.heapPeakBytes() / (1 << 20))));
    }
    return table.toMarkdown();
  }

  /** All of it in one line. */
  public String verdict() {
    return "%d connections, heap %s: %s; normal client: %d times 202, %d others, slowest %s ms; heap peak %s MiB"
        .formatted(
            connections,
            heap,
            survived ? "survived" : "did not survive",
            figures.stream().mapToLong(each -> each.normal().accepted()).sum(),
            figures.stream().mapToLong(each -> each.normal().others()).sum(),
            number(figures.stream().mapToDouble(each -> each.normal().slowestMs()).max().orElse(0)),
            number(
                figures.stream().mapToDouble(CrowdFigures::heapPeakBytes).max().orElse(0)
                    / (1 << 20)));
  }

  /** What is not as it must be, one text each; empty if all is. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!survived) {
      faults.add("the web tier did not survive");
    }
    for (CrowdFigures each : figures) {
      if (each.normal().others() > 0 || each.normal().accepted() == 0) {
        faults.add(
            "%s: the normal client got 202 %d times and %d times not"
                .formatted(each.kind(), each.normal().accepted(), each.normal().others()));
      }
      if (each.normal().slowestMs() > MAX_MS) {
        faults.add(
            "%s: the normal client waited %s ms"
                .formatted(each.kind(), number(each.normal().slowestMs())));
      }
    }
    return faults;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
