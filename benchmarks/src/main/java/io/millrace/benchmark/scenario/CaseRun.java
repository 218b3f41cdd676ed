package io.millrace.benchmark.scenario;

import io.millrace.benchmark.body.CollectionBody;
import io.millrace.benchmark.body.EventFiles;
import io.millrace.benchmark.body.GeneratedBodies;
import io.millrace.benchmark.check.StoredPayloads;
import io.millrace.benchmark.load.LoadCounts;
import io.millrace.benchmark.load.LoadGenerator;
import io.millrace.benchmark.load.LoadPlan;
import io.millrace.benchmark.load.Requests;
import io.millrace.benchmark.process.Checkout;
import io.millrace.benchmark.process.Pipeline;
import io.millrace.benchmark.process.Reference;
import io.millrace.benchmark.process.Target;
import io.millrace.benchmark.report.RunFigures;
import io.millrace.benchmark.report.StoredFigures;
import io.millrace.toolbox.plan.Prices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures one case: starts what it needs, loads it, reads what it took, ends it in order, and
 * counts what is stored.
 *
 * @param checkout whose jars run
 * @param input files of events; empty for generated collections
 * @param loadThreads of the load generator
 */
record CaseRun(Checkout checkout, List<Path> input, int loadThreads, Prices.Requests prices) {

  /**
   * Runs it; takes its warm-up and measured time, and what starting and emptying the queue take.
   *
   * @param folder an empty one, for objects and logs
   * @throws IOException if a part fails
   */
  RunFigures measure(Case what, Path folder) throws IOException, InterruptedException {
    List<CollectionBody> bodies =
        input.isEmpty()
            ? GeneratedBodies.make(what.bodies())
            : EventFiles.read(input, what.bodies());
    Requests requests = Requests.post("/v1/collections", bodies, what.bodies().encoding());
    try (Target target = start(what, folder)) {
      return load(what, target, requests);
    }
  }

  private RunFigures load(Case what, Target target, Requests requests)
      throws IOException, InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            target.addresses(),
            what.connections(),
            loadThreads,
            what.perSecond(),
            what.warmUp(),
            what.measured());
    Course course = new Course();
    try (LoadGenerator load = LoadGenerator.start(plan, requests)) {
      load.awaitWarm();
      Snapshot before = Snapshot.take(target, load);
      course.follow(load, target, what.measured());
      Snapshot after = Snapshot.take(target, load);
      load.awaitEnd();
      FigureBuilder figures = new FigureBuilder(what, checkout, requests, before, after);
      StoredFigures stored = finish(target, load.counts(), requests);
      return figures.build(course.latency(load), load.counts(), course.samples(), stored, prices);
    }
  }

  private Target start(Case what, Path folder) throws IOException, InterruptedException {
    return switch (what.target()) {
      case BARE -> Reference.start(Reference.Kind.BARE, what.tiers(), folder);
      case INSTANT -> Reference.start(Reference.Kind.INSTANT, what.tiers(), folder);
      case PIPELINE -> Pipeline.start(checkout, what.tiers(), folder);
    };
  }

  private static @Nullable StoredFigures finish(Target target, LoadCounts counts, Requests requests)
      throws IOException, InterruptedException {
    Optional<Path> bucket = target.finish();
    if (bucket.isEmpty()) {
      return null;
    }
    StoredPayloads.Count count = StoredPayloads.count(bucket.get());
    long unknown = counts.broken() + counts.unanswered();
    return new StoredFigures(
        counts.accepted(), unknown * requests.maxPayloads(), count.lines(), count.twice());
  }
}
