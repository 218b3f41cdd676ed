package io.millrace.worker.suspect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.object.ObjectInfo;
import io.millrace.time.FailureStreak;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.roll.SuspectQueue;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the checkers count: suspects checked = stored already + not stored + set aside (refused by
 * the store, or contradicted by another batch) + open, which come again.
 *
 * <p>Thread-safe.
 */
public final class CheckMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(CheckMetrics.class);

  private final MeterRegistry registry;
  private final Counter storedAlready;
  private final Counter notStored;
  private final Counter setAside;
  private final Counter open;
  private final Counter claims;
  private final Counter tombstones;
  private final Counter manifestsRead;
  private final Counter noManifests;

  /** Never ended: what lies there stays there, and would be logged for each hour. */
  private final FailureStreak strangers = new FailureStreak();

  public CheckMetrics(MeterRegistry registry) {
    this.registry = registry;
    storedAlready = checked("stored");
    notStored = checked("not_stored");
    setAside = checked("set_aside");
    open = checked("open");
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
    noManifests =
        Counter.builder("millrace.worker.manifests.set.aside")
            .description("Objects at keys of manifests that are none, or can't be read")
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

  /** Shows what the manifests take that are kept; it lives as long as the registry. */
  void watch(ManifestCache cache) {
    Gauge.builder("millrace.worker.manifests.kept.bytes", cache, ManifestCache::bytes)
        .description("Memory that the manifests take which are kept to look for suspects")
        .baseUnit("bytes")
        .register(registry);
  }

  void checked(List<Step.Check> ends) {
    for (Step.Check end : ends) {
      if (end instanceof Step.Found) {
        storedAlready.increment();
      } else if (end instanceof Step.NotThere) {
        notStored.increment();
      } else if (end instanceof Step.Open) {
        open.increment();
      } else {
        setAside.increment();
      }
    }
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

  /** What lies there is none, or is none that can be read; see {@link HourManifests}. */
  void noManifest(ObjectInfo info, RuntimeException reason) {
    noManifests.increment();
    if (strangers.failed()) {
      LOG.warn(
          "{} ({} bytes) lies where a manifest should and is set aside ({} so far): {}",
          info.key(),
          info.size(),
          strangers.length(),
          reason.getMessage());
    }
  }
}
