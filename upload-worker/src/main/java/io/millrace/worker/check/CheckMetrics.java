package io.millrace.worker.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.worker.once.Step;
import io.millrace.worker.process.SuspectQueue;
import java.util.List;

/**
 * What the checkers count: suspects checked = stored already + not stored.
 *
 * <p>Thread-safe.
 */
public final class CheckMetrics {
  private final MeterRegistry registry;
  private final Counter storedAlready;
  private final Counter notStored;
  private final Counter claims;
  private final Counter tombstones;
  private final Counter manifestsRead;

  public CheckMetrics(MeterRegistry registry) {
    this.registry = registry;
    storedAlready = checked("stored");
    notStored = checked("not_stored");
    claims =
        Counter.builder("millrace.worker.claims")
            .description("Claims put to batches that came again")
            .register(registry);
    tombstones =
        Counter.builder("millrace.worker.tombstones")
            .description("Tombstones put where a roll of a suspect's batch was announced")
            .register(registry);
    manifestsRead =
        Counter.builder("millrace.worker.manifests.read")
            .description("Manifests read to look for suspects")
            .register(registry);
  }

  private Counter checked(String result) {
    return Counter.builder("millrace.worker.suspects.checked")
        .description("Batches that came again, by what became of them before")
        .tag("result", result)
        .register(registry);
  }

  /** Shows what waits to be checked; it lives as long as the registry. */
  public void watch(SuspectQueue suspects) {
    Gauge.builder("millrace.worker.suspects.waiting", suspects, SuspectQueue::size)
        .description("Batches that came again and wait to be checked")
        .register(registry);
  }

  void checked(List<Step.Check> ends) {
    long stored = ends.stream().filter(Step.Found.class::isInstance).count();
    storedAlready.increment((double) stored);
    notStored.increment((double) (ends.size() - stored));
  }

  void claimed() {
    claims.increment();
  }

  void tombstone() {
    tombstones.increment();
  }

  void manifestRead() {
    manifestsRead.increment();
  }
}
