package io.millrace.benchmark.scenario;

import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.Requests;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.Metrics;
import io.millrace.benchmark.process.ProcessUsage;
import io.millrace.benchmark.process.TierMetrics;
import io.millrace.benchmark.report.Latency;
import io.millrace.benchmark.report.LoadFigures;
import io.millrace.benchmark.report.PartFigures;
import io.millrace.benchmark.report.RunFigures;
import io.millrace.benchmark.report.RunSettings;
import io.millrace.benchmark.report.Sample;
import io.millrace.benchmark.report.ServiceUse;
import io.millrace.benchmark.report.StoredFigures;
import io.millrace.toolbox.plan.Prices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes figures of two snapshots of a run. What a request took is told for each that was answered
 * with 202, and has in it what the others took.
 *
 * @param before at the begin of the measured time
 * @param after at its end
 */
record FigureBuilder(
    Case what, Checkout checkout, Requests requests, Snapshot before, Snapshot after) {
  private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";

  /**
   * All figures.
   *
   * @param total counts of the whole run
   */
  RunFigures build(
      Latency latency,
      LoadCounts total,
      List<Sample> course,
      @Nullable StoredFigures stored,
      Prices.Requests prices) {
    LoadCounts counts = measured(total);
    double answered = counts.answered202();
    TierMetrics metrics = after.metrics().since(before.metrics());
    ServiceUse use = ServiceUse.of(metrics.all()).orElse(null);
    return new RunFigures(
        what.name(),
        what.reference(),
        settings(),
        load(latency, counts),
        parts(answered),
        allocated(metrics.webs(), answered),
        use,
        use == null || answered == 0 ? null : use.dollarsPerMillion(prices, answered),
        stored,
        course);
  }

  /** What was given up at the end belongs to the measured time. */
  private LoadCounts measured(LoadCounts total) {
    LoadCounts counts = after.counts().since(before.counts());
    return new LoadCounts(
        counts.sent(),
        counts.accepted(),
        counts.broken(),
        total.unanswered(),
        total.unsent(),
        counts.byStatus());
  }

  private RunSettings settings() {
    return new RunSettings(
        what.target().text(),
        checkout.root().toString(),
        what.connections(),
        what.perSecond(),
        requests.meanBytes(),
        requests.meanPayloads(),
        what.bodies().encoding().text(),
        what.tiers());
  }

  private LoadFigures load(Latency latency, LoadCounts counts) {
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    return new LoadFigures(
        seconds, counts.answered202() / seconds, counts.accepted() / seconds, latency, counts);
  }

  private List<PartFigures> parts(double answered) {
    List<PartFigures> parts = new ArrayList<>();
    after
        .usage()
        .forEach(
            (part, usage) -> {
              ProcessUsage first = Objects.requireNonNull(before.usage().get(part), part);
              Duration cpu = usage.cpu().minus(first.cpu());
              Long peak =
                  usage.peakRssBytes().isPresent() ? usage.peakRssBytes().getAsLong() : null;
              parts.add(new PartFigures(part, cpu.toNanos() / 1000.0 / answered, peak));
            });
    return parts;
  }

  private static @Nullable Double allocated(Metrics webs, double answered) {
    return webs.has(ALLOCATED) ? webs.sum(ALLOCATED) / answered : null;
  }
}
