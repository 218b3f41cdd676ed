package io.millrace.benchmark.scenario;

import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.report.Machine;
import io.millrace.benchmark.report.MarkdownReport;
import io.millrace.benchmark.report.Report;
import io.millrace.benchmark.report.RunFigures;
import io.millrace.toolbox.plan.Prices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * One scenario under way: measures its cases one after the other and reports them. One thread's
 * own.
 */
final class Bench {
  private final String scenario;
  private final BenchOptions options;
  private final List<String> given;
  private final Checkout checkout;
  private final Machine machine;
  private final Prices.Requests prices;
  private final PrintWriter out;
  private final String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  private final List<RunFigures> runs = new ArrayList<>();

  private Bench(CommandSpec command, BenchOptions options, Checkout checkout) throws IOException {
    this.options = options;
    this.checkout = checkout;
    scenario = command.name();
    given = command.commandLine().getParseResult().originalArgs();
    out = command.commandLine().getOut();
    machine = Machine.here(checkout.root());
    prices = Prices.read(options.prices).requests();
  }

  /** The cases of a scenario. */
  interface Cases {
    /** Measures them. */
    void measure(Bench bench) throws IOException, InterruptedException;
  }

  /**
   * Checks the options, builds what is to be started, measures and reports; what was measured is
   * reported even if a later case fails.
   *
   * @return exit code: 0, or 1 if something acknowledged is not stored once
   */
  static int run(CommandSpec command, BenchOptions options, Cases cases)
      throws IOException, InterruptedException {
    Bench bench = new Bench(command, options, open(command, options));
    try {
      cases.measure(bench);
    } catch (IOException e) {
      bench.print();
      throw e;
    }
    return bench.print() ? 0 : 1;
  }

  /**
   * This checkout, with all that a scenario starts of it built.
   *
   * @throws ParameterException if an option is not as it must be
   */
  static Checkout open(CommandSpec command, BenchOptions options)
      throws IOException, InterruptedException {
    List<String> faults = options.faults();
    if (!faults.isEmpty()) {
      throw new ParameterException(command.commandLine(), String.join("; ", faults));
    }
    Checkout checkout = Checkout.at(Folders.checkout());
    checkout.build();
    return checkout;
  }

  /** What was measured so far. */
  List<RunFigures> runs() {
    return List.copyOf(runs);
  }

  /** Where it is told what was measured. */
  PrintWriter out() {
    return out;
  }

  /** Measures a case on this checkout. */
  RunFigures measure(Case what) throws IOException, InterruptedException {
    return measure(what, checkout);
  }

  /** Measures a case on a checkout, and writes the report up to it. */
  RunFigures measure(Case what, Checkout from) throws IOException, InterruptedException {
    out.printf(
        "%s: %d s after %d s of warm-up …%n",
        what.name(), what.measured().toSeconds(), what.warmUp().toSeconds());
    out.flush();
    Path folder = Files.createTempDirectory(Files.createDirectories(reports()), "run");
    try {
      CaseRun run = new CaseRun(from, options.input, options.loadThreads, prices);
      RunFigures figures = run.measure(what, folder);
      runs.add(figures);
      out.println(MarkdownReport.summary(figures));
      report().write(reports());
      return figures;
    } finally {
      Folders.delete(folder);
    }
  }

  /** Prints the report, which is written; whether every acknowledged payload is stored once. */
  private boolean print() throws IOException {
    Report report = report();
    out.println();
    out.print(new MarkdownReport(report).tables());
    out.println();
    out.println("Written to " + report.write(reports()) + " and .json");
    if (!report.isComplete()) {
      out.println("FAILED: not every acknowledged payload is stored once");
    }
    out.flush();
    return report.isComplete();
  }

  private Report report() {
    return new Report(scenario, date, machine, given, prices, List.copyOf(runs));
  }

  private Path reports() {
    return options.reports(checkout.root());
  }
}
