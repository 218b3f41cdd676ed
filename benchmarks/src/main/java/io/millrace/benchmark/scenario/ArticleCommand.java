package io.millrace.benchmark.scenario;

import io.millrace.benchmark.article.Design;
import io.millrace.benchmark.body.EventFiles;
import io.millrace.benchmark.body.GeneratedBodies;
import io.millrace.benchmark.load.Requests;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.report.ArticleReport;
import io.millrace.benchmark.report.DesignFigures;
import io.millrace.benchmark.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The article's story: its three designs and ours, until they are killed. */
@Command(
    name = "article",
    description = "The article's designs and ours under one load, killed at the end.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Open loop; without --rate 8,000 requests a second are offered. What answers",
      "the clients is killed with SIGKILL; then it is counted what of the",
      "acknowledged payloads is stored."
    })
final class ArticleCommand implements Callable<Integer> {
  private static final double USUAL_RATE = 8000;
  private static final String OURS = "Millrace";

  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(names = "--article-workers", paramLabel = "N", description = "The article's MAX_WORKERS.")
  private int articleWorkers = 100;

  @Option(names = "--article-queue", paramLabel = "N", description = "The article's MAX_QUEUE.")
  private int articleQueue = 100;

  @Option(
      names = "--article-tasks",
      paramLabel = "N",
      description = "Tasks of its first design that run at once; more wait, without a bound.")
  private int articleTasks = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Checkout checkout = Bench.open(spec, options);
    Case what = options.toCase("article");
    what = what.withRate(what.perSecond() == 0 ? USUAL_RATE : what.perSecond());
    List<DesignFigures> figures = measure(checkout, what);
    report(checkout, what, figures);
    boolean kept = figures.get(figures.size() - 1).lost() == 0;
    return kept ? 0 : 1;
  }

  private List<DesignFigures> measure(Checkout checkout, Case what)
      throws IOException, InterruptedException {
    var bodies =
        options.input.isEmpty()
            ? GeneratedBodies.make(what.bodies())
            : EventFiles.read(options.input, what.bodies());
    Requests requests = Requests.post("/v1/collections", bodies, what.bodies().encoding());
    Map<String, String> settings =
        Map.of(
            "MAX_WORKERS",
            Integer.toString(articleWorkers),
            "MAX_QUEUE",
            Integer.toString(articleQueue),
            "TASKS_AT_ONCE",
            Integer.toString(articleTasks));
    ArticleRun run = new ArticleRun(checkout, what, requests, settings);
    List<DesignFigures> figures = new ArrayList<>();
    for (Design design : Design.values()) {
      figures.add(inFolder(what, design.text(), folder -> run.article(design, folder)));
    }
    figures.add(inFolder(what, OURS, folder -> run.ours(OURS, folder)));
    return figures;
  }

  /** One design, in a folder that is there for its time only. */
  private interface Step {
    DesignFigures measure(Path folder) throws IOException, InterruptedException;
  }

  private DesignFigures inFolder(Case what, String name, Step step)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %d s after %d s of warm-up …%n",
        name, what.measured().toSeconds(), what.warmUp().toSeconds());
    out.flush();
    Path folder = Files.createTempDirectory("millrace-bench");
    try {
      return step.measure(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private void report(Checkout checkout, Case what, List<DesignFigures> figures)
      throws IOException {
    ArticleReport report =
        new ArticleReport(
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Machine.here(checkout.root()),
            spec.commandLine().getParseResult().originalArgs(),
            what.perSecond(),
            what.measured().toMillis() / 1000.0,
            figures);
    Path written = report.write(options.reports(checkout.root()));
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.print(report.table());
    out.println();
    out.println("Written to " + written + ", .json and two .svg");
    out.flush();
  }
}
