package io.millrace.benchmark.scenario;

import io.millrace.benchmark.article.Design;
import io.millrace.benchmark.check.StoredObjects;
import io.millrace.benchmark.check.StoredPayloads;
import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.LoadGenerator;
import io.millrace.benchmark.load.LoadPlan;
import io.millrace.benchmark.load.Requests;
import io.millrace.benchmark.process.ArticleProcess;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.Metrics;
import io.millrace.benchmark.process.Part;
import io.millrace.benchmark.process.Pipeline;
import io.millrace.benchmark.process.Target;
import io.millrace.benchmark.report.DesignFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures one design: loads it, kills what answers the clients when the time is over, and counts
 * what is stored when nothing comes any more. Nothing else is killed: what was safe stays so.
 *
 * @param checkout whose jars run
 * @param what the load, and our tiers
 * @param settings of the article's designs
 */
record ArticleRun(Checkout checkout, Case what, Requests requests, Map<String, String> settings) {
  private static final String STORED_BY_ARTICLE = "article_payloads_stored_total";
  private static final String STORED_BY_WORKER = "millrace_worker_payloads_stored_total";

  /** What lies in a bucket's folder. */
  private interface Count {
    long of(Path folder) throws IOException;
  }

  /** One of the article's. */
  DesignFigures article(Design design, Path folder) throws IOException, InterruptedException {
    String heap = what.tiers().webHeap();
    try (ArticleProcess process =
        ArticleProcess.start(checkout, design.name(), heap, settings, folder)) {
      Measured measured = load(process);
      String trouble = process.outOfMemory().orElse(null);
      long stored = killAndCount(process, measured, folder, StoredObjects::payloads);
      return figures(design.text(), measured, stored, trouble);
    }
  }

  /** Ours. */
  DesignFigures ours(String name, Path folder) throws IOException, InterruptedException {
    try (Pipeline pipeline = Pipeline.start(checkout, what.tiers(), folder)) {
      Measured measured = load(pipeline);
      long stored =
          killAndCount(pipeline, measured, folder, bucket -> StoredPayloads.count(bucket).once());
      return figures(name, measured, stored, null);
    }
  }

  /** A load whose measured time is over, while answers may still come. */
  private record Measured(
      LoadGenerator load, Course course, Snapshot before, Snapshot after, String storedMetric) {}

  private Measured load(Target target) throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            target.addresses(),
            what.connections(),
            1,
            what.perSecond(),
            what.warmUp(),
            what.measured());
    LoadGenerator load = LoadGenerator.start(plan, requests);
    Course course = new Course();
    load.awaitWarm();
    Snapshot before = Snapshot.take(target, load);
    course.follow(load, target, what.measured());
    Snapshot after = Snapshot.take(target, load);
    String metric = target instanceof Pipeline ? STORED_BY_WORKER : STORED_BY_ARTICLE;
    return new Measured(load, course, before, after, metric);
  }

  private static long killAndCount(Target target, Measured measured, Path folder, Count count)
      throws IOException, InterruptedException {
    target.parts().stream().filter(part -> part.name().equals("web")).forEach(Part::close);
    measured.load().awaitEnd();
    Path objects = folder.resolve("data").resolve("objects");
    StoredObjects.awaitQuiet(objects);
    return count.of(objects);
  }

  private DesignFigures figures(
      String name, Measured measured, long stored, @Nullable String trouble) {
    LoadCounts counts = measured.load().counts();
    LoadCounts inTime = measured.after().counts().since(measured.before().counts());
    Metrics metrics = measured.after().metrics().since(measured.before().metrics()).all();
    double seconds = (measured.after().nanos() - measured.before().nanos()) / 1e9;
    return new DesignFigures(
        name,
        good(inTime) / seconds,
        metrics.sum(measured.storedMetric()) / seconds,
        measured.course().latency(measured.load()),
        counts,
        Math.round(good(counts) * requests.meanPayloads()),
        stored,
        trouble,
        measured.course().samples());
  }

  /** The article answers 200, the web tier 202. */
  private static double good(LoadCounts counts) {
    return counts.byStatus().getOrDefault(200, 0L) + counts.answered202();
  }
}
