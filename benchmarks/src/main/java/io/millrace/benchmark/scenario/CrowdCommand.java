package io.millrace.benchmark.scenario;

import io.millrace.benchmark.abuse.HostileBodies;
import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.body.GeneratedBodies;
import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.LoadGenerator;
import io.millrace.benchmark.load.LoadPlan;
import io.millrace.benchmark.load.NormalClient;
import io.millrace.benchmark.load.Requests;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.HeapPeak;
import io.millrace.benchmark.process.Pipeline;
import io.millrace.benchmark.report.CrowdFigures;
import io.millrace.benchmark.report.CrowdReport;
import io.millrace.benchmark.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Many connections that send the heaviest bodies, and a normal client beside them. */
@Command(
    name = "crowd",
    description = "Whether many connections of the heaviest bodies leave a normal client its 202.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "400 connections without --connections. Each kind of body comes from all of them for"
          + " --seconds,",
      "then all kinds together. In --warm-up 8 connections send valid bodies of 1 MB, plain and as",
      "gzip. Fails if the web tier ends or runs out of memory, or the client does not get each 202",
      "within 2 s."
    })
final class CrowdCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 400;
  private static final int WARM_UP_CONNECTIONS = 8;
  private static final BodySpec NORMAL = new BodySpec(500, 1100, 4, Encoding.NONE, 1);

  @Mixin private final BenchOptions options = new BenchOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Checkout checkout = Bench.open(spec, options);
    Path folder = Files.createTempDirectory("millrace-bench");
    CrowdReport report;
    try (Pipeline pipeline = Pipeline.start(checkout, options.toCase("crowd").tiers(), folder)) {
      List<CrowdFigures> figures = measure(pipeline);
      report =
          new CrowdReport(
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
              Machine.here(checkout.root()),
              spec.commandLine().getParseResult().originalArgs(),
              connections(),
              options.webHeap,
              pipeline.websSurvived(),
              figures);
    } finally {
      Folders.delete(folder);
    }
    return tell(checkout, report);
  }

  private List<CrowdFigures> measure(Pipeline pipeline) throws IOException, InterruptedException {
    List<CrowdFigures> figures = new ArrayList<>();
    List<Requests> all = new ArrayList<>();
    try (NormalClient normal =
        NormalClient.start(pipeline.addresses().get(0), GeneratedBodies.make(NORMAL))) {
      warmUp(pipeline);
      normal.take();
      List<HostileBodies.Kind> kinds = new ArrayList<>(HostileBodies.validOfFullSize());
      kinds.addAll(HostileBodies.heaviest());
      for (HostileBodies.Kind kind : kinds) {
        all.add(kind.requests());
        figures.add(measure(pipeline, normal, kind.name(), kind.requests()));
      }
      figures.add(measure(pipeline, normal, "all together", Requests.inTurn(all)));
    }
    return figures;
  }

  private void warmUp(Pipeline pipeline) throws IOException, InterruptedException {
    Requests valid =
        Requests.inTurn(
            HostileBodies.validOfFullSize().stream().map(HostileBodies.Kind::requests).toList());
    LoadPlan plan = plan(pipeline, WARM_UP_CONNECTIONS, options.warmUp);
    try (LoadGenerator load = LoadGenerator.start(plan, valid)) {
      load.awaitEnd();
    }
  }

  private LoadPlan plan(Pipeline pipeline, int connections, int seconds) {
    return new LoadPlan(
        pipeline.addresses(),
        connections,
        options.loadThreads,
        0,
        Duration.ZERO,
        Duration.ofSeconds(seconds));
  }

  private CrowdFigures measure(
      Pipeline pipeline, NormalClient normal, String kind, Requests requests)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s …%n", kind);
    out.flush();
    try (HeapPeak heap = HeapPeak.start(pipeline);
        LoadGenerator load =
            LoadGenerator.start(plan(pipeline, connections(), options.seconds), requests)) {
      load.awaitEnd();
      return new CrowdFigures(kind, statuses(load.counts()), normal.take(), heap.bytes());
    }
  }

  private static String statuses(LoadCounts counts) {
    String answers =
        counts.byStatus().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining(", "));
    long none = counts.broken() + counts.unanswered();
    return none == 0 ? answers : answers + ", none: " + none;
  }

  private int connections() {
    return options.connectionsOr(CONNECTIONS).get(0);
  }

  private int tell(Checkout checkout, CrowdReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.print(report.table());
    out.println();
    out.println(report.verdict());
    out.println("Written to " + report.write(options.reports(checkout.root())) + " and .json");
    report.faults().forEach(fault -> out.println("FAILED: " + fault));
    out.flush();
    return report.faults().isEmpty() ? 0 : 1;
  }
}
