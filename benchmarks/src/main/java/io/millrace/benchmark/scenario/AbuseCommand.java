package io.millrace.benchmark.scenario;

import io.millrace.benchmark.abuse.HostileBodies;
import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.LoadGenerator;
import io.millrace.benchmark.load.LoadPlan;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.Metrics;
import io.millrace.benchmark.process.Pipeline;
import io.millrace.benchmark.process.TierMetrics;
import io.millrace.benchmark.report.AbuseFigures;
import io.millrace.benchmark.report.AbuseReport;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What hostile requests cost the pipeline beside normal ones. */
@Command(
    name = "abuse",
    description = "What hostile requests cost beside normal ones; fails if that is too much.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class AbuseCommand implements Callable<Integer> {
  /** Enough to keep a core busy, and few enough that none is refused for the budget. */
  private static final int CONNECTIONS = 4;

  /** How often the two normal kinds are warmed up in turn, as all others are compared with them. */
  private static final int REFERENCE_WARM_UPS = 3;

  private static final Duration SETTLE = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MS = 100;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Checkout checkout = Bench.open(spec, options);
    Path folder = Files.createTempDirectory("millrace-bench");
    AbuseReport report;
    try (Pipeline pipeline = Pipeline.start(checkout, options.toCase("abuse").tiers(), folder)) {
      report = measure(checkout, pipeline);
    } finally {
      Folders.delete(folder);
    }
    return tell(checkout, report);
  }

  private AbuseReport measure(Checkout checkout, Pipeline pipeline)
      throws IOException, InterruptedException {
    List<AbuseFigures> hostile = new ArrayList<>();
    for (HostileBodies.Kind kind : HostileBodies.all()) {
      hostile.add(measure(pipeline, kind));
    }
    // At the end, when all is compiled: what the others are compared with must not look dear.
    for (int i = 0; i < REFERENCE_WARM_UPS; i++) {
      load(pipeline, HostileBodies.small(), options.warmUp);
      load(pipeline, HostileBodies.full(), options.warmUp);
    }
    AbuseFigures small = measure(pipeline, HostileBodies.small());
    AbuseFigures full = measure(pipeline, HostileBodies.full());
    return new AbuseReport(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Machine.here(checkout.root()),
        spec.commandLine().getParseResult().originalArgs(),
        small,
        full,
        hostile);
  }

  /** The warm-up first, then the measured requests until the last of their payloads is stored. */
  private AbuseFigures measure(Pipeline pipeline, HostileBodies.Kind kind)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s …%n", kind.name());
    out.flush();
    load(pipeline, kind, options.warmUp);
    Use before = use(pipeline);
    LoadCounts counts = load(pipeline, kind, options.seconds);
    Use after = use(pipeline);
    String statuses =
        counts.byStatus().keySet().stream().map(String::valueOf).collect(Collectors.joining(" "));
    return new AbuseFigures(
        kind.name(),
        kind.requests().meanBytes(),
        kind.unpackedBytes(),
        counts.answered(),
        counts.broken() > 0 ? statuses + " closed" : statuses,
        cost(before, after, (double) Math.max(1, counts.answered())));
  }

  private LoadCounts load(Pipeline pipeline, HostileBodies.Kind kind, int seconds)
      throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            pipeline.addresses(),
            CONNECTIONS,
            options.loadThreads,
            0,
            Duration.ZERO,
            Duration.ofSeconds(seconds));
    try (LoadGenerator load = LoadGenerator.start(plan, kind.requests())) {
      load.awaitEnd();
      awaitStored(pipeline);
      return load.counts();
    }
  }

  private static void awaitStored(Pipeline pipeline) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE.toNanos();
    while (true) {
      TierMetrics metrics = pipeline.metrics();
      double accepted = metrics.webs().sum("millrace_web_payloads_accepted_total");
      double stored = metrics.workers().sum("millrace_worker_payloads_stored_total");
      if (stored >= accepted) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(stored + " payloads are stored of " + accepted + " accepted");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  /** What was used up to a moment. */
  private record Use(Duration cpu, long logBytes, TierMetrics metrics) {}

  private static Use use(Pipeline pipeline) throws IOException, InterruptedException {
    Duration cpu =
        pipeline.tiers().stream()
            .map(part -> part.usage().cpu())
            .reduce(Duration.ZERO, Duration::plus);
    return new Use(cpu, pipeline.logBytes(), pipeline.metrics());
  }

  private static AbuseFigures.Cost cost(Use before, Use after, double requests) {
    TierMetrics used = after.metrics().since(before.metrics());
    Metrics all = used.all();
    return new AbuseFigures.Cost(
        after.cpu().minus(before.cpu()).toNanos() / 1000.0 / requests,
        used.webs().sum("jvm_gc_memory_allocated_bytes_total") / requests,
        used.webs().sum("millrace_web_line_bytes_total") / requests,
        used.webs().sum("millrace_web_batches_sent_total") / requests,
        all.sum("millrace_sqs_billed_requests_total", "call=\"send\"") / requests,
        all.sum("millrace_s3_requests_total", "call=\"put\"") / requests,
        (after.logBytes() - before.logBytes()) / requests);
  }

  private int tell(Checkout checkout, AbuseReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.print(report.table());
    out.println();
    out.println("Written to " + report.write(options.reports(checkout.root())) + " and .json");
    report.faults().forEach(fault -> out.println("FAILED: " + fault));
    out.flush();
    return report.faults().isEmpty() ? 0 : 1;
  }
}
