package io.millrace.worker.upload;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.admin.Meters;
import io.millrace.time.Ticker;
import io.millrace.worker.roll.ClosedRoll;
import java.time.Duration;

/**
 * What the store's side counts and times.
 *
 * <p>Thread-safe.
 */
public final class UploadMetrics {
  private final Ticker ticker;
  private final Counter objects;
  private final Counter objectBytes;
  private final Counter batches;
  private final Counter payloads;
  private final Counter fenced;
  private final Counter leftOut;
  private final Counter split;
  private final Counter setAside;
  private final Timer age;

  public UploadMetrics(MeterRegistry registry, Ticker ticker) {
    this.ticker = ticker;
    objects = counter(registry, "objects.stored", "Data objects stored");
    objectBytes =
        Counter.builder("millrace.worker.object.bytes")
            .description("Bytes of data objects stored")
            .baseUnit("bytes")
            .register(registry);
    batches = counter(registry, "batches.stored", "Batches stored");
    payloads = counter(registry, "payloads.stored", "Payloads stored");
    fenced =
        counter(
            registry,
            "rolls.fenced",
            "Rolls that a suspect's tombstone met; written under a new key");
    leftOut =
        counter(registry, "batches.left.out", "Batches left out of rolls because of a later claim");
    split =
        counter(
            registry, "rolls.split", "Rolls that the store refused as they were; written in parts");
    setAside =
        counter(
            registry, "batches.set.aside", "Batches that the store refuses while it takes others");
    age =
        Timer.builder("millrace.worker.payload.age")
            .description("Age of a roll's oldest payload when stored, from its arrival by HTTP")
            .serviceLevelObjectives(
                Meters.buckets(SECONDS, 1, 2, 5, 10, 20, 30, 40, 60, 90, 120, 300, 900, 3600))
            .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String about) {
    return Counter.builder("millrace.worker." + name).description(about).register(registry);
  }

  void stored(Layout.Written written) {
    ClosedRoll roll = written.roll();
    objects.increment((double) written.objects());
    objectBytes.increment((double) written.bytes());
    batches.increment(roll.batches().size());
    payloads.increment((double) roll.payloads());
    // The two clocks are of two machines: a worker's that is behind must not count below 0.
    age.record(Duration.ofMillis(Math.max(0, ticker.now().epochMs() - roll.oldestMs())));
  }

  void fenced() {
    fenced.increment();
  }

  void split() {
    split.increment();
  }

  void setAside() {
    setAside.increment();
  }

  void leftOut(int batches) {
    leftOut.increment(batches);
  }
}
