package io.millrace.benchmark.report;

import io.millrace.toolbox.plan.Prices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario brought; its JSON form has these names.
 *
 * @param scenario as on the command line
 * @param date ISO 8601, UTC
 * @param options as given
 * @param runs in the order in which they were measured
 */
public record Report(
    String scenario,
    String date,
    Machine machine,
    List<String> options,
    Prices.Requests prices,
    List<RunFigures> runs) {

  /** The run that another stands beside. */
  Optional<RunFigures> reference(RunFigures run) {
    return runs.stream().filter(other -> other.name().equals(run.reference())).findFirst();
  }

  /** Whether all runs stored what they acknowledged. */
  public boolean isComplete() {
    return runs.stream().allMatch(RunFigures::isComplete);
  }

  /**
   * Writes {@code <scenario>-<date>.json} and {@code .md}.
   *
   * @return the Markdown file
   */
  public Path write(Path folder) throws IOException {
    return ReportFiles.in(folder, scenario, date).write(this, new MarkdownReport(this).text());
  }
}
