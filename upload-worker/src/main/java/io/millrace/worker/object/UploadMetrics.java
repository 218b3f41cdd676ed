package io.millrace.worker.object;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.object.PutResult;
import io.millrace.pace.Ticker;
import io.millrace.worker.process.ClosedRoll;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the store's side counts and times.
 *
 * <p>Thread-safe.
 */
public final class UploadMetrics {
  private final MeterRegistry registry;
  private final Ticker ticker;
  private final Counter objects;
  private final Counter objectBytes;
  private final Counter batches;
  private final Counter payloads;
  private final Counter retries;
  private final Counter fenced;
  private final Timer age;

  public UploadMetrics(MeterRegistry registry, Ticker ticker) {
    this.registry = registry;
    this.ticker = ticker;
    objects = counter("objects.stored", "Data objects stored");
    objectBytes =
        Counter.builder("millrace.worker.object.bytes")
            .description("Compressed bytes of data objects stored")
            .baseUnit("bytes")
            .register(registry);
    batches = counter("batches.stored", "Batches stored");
    payloads = counter("payloads.stored", "Payloads stored");
    retries = counter("store.retries", "Further tries of calls to the store");
    fenced = counter("rolls.fenced", "Rolls that another worker fenced; written under a new key");
    age =
        Timer.builder("millrace.worker.payload.age")
            .description("Age of a roll's oldest payload when stored, from its arrival by HTTP")
            .register(registry);
  }

  private Counter counter(String name, String about) {
    return Counter.builder("millrace.worker." + name).description(about).register(registry);
  }

  /** Makes a PUT and times it, whatever its result. */
  PutResult timed(String kind, Supplier<PutResult> put) {
    long start = ticker.now().nanos();
    PutResult result = put.get();
    Timer.builder("millrace.worker.put")
        .description("Time of a PUT until its answer, by kind of object and by result")
        .tag("object", kind)
        .tag("result", result instanceof PutResult.Unknown ? "unknown" : "known")
        .register(registry)
        .record(Duration.ofNanos(ticker.now().nanos() - start));
    return result;
  }

  void stored(ClosedRoll roll) {
    objects.increment();
    objectBytes.increment((double) roll.content().length());
    batches.increment(roll.batches().size());
    payloads.increment((double) roll.payloads());
    // The two clocks are of two machines: a worker's that is behind must not count below 0.
    age.record(Duration.ofMillis(Math.max(0, ticker.now().epochMs() - roll.oldestMs())));
  }

  void retried() {
    retries.increment();
  }

  void fenced() {
    fenced.increment();
  }
}
