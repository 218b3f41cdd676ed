package io.millrace.worker.store;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.admin.Meters;
import io.millrace.object.PutResult;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What calls to the store count and time.
 *
 * <p>Thread-safe.
 */
public final class StoreMetrics {
  private static final Duration[] PUT_TIMES =
      Meters.buckets(MILLIS, 10, 25, 50, 100, 250, 500, 1000, 5000, 15_000);

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final Counter failures;
  private final Counter throttled;
  private final Counter refused;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  public StoreMetrics(MeterRegistry registry, Ticker ticker) {
    this.registry = registry;
    this.ticker = ticker;
    failures = counter("store.failures", "Calls to the store that were refused or not answered");
    throttled = counter("store.throttled", "Calls that the store refused for being too many");
    refused =
        counter(
            "store.refused",
            "Calls for one object that the store refused while it took others beside it");
  }

  private Counter counter(String name, String about) {
    return Counter.builder("millrace.worker." + name).description(about).register(registry);
  }

  /** Shows the gate's state; it lives as long as the registry. */
  public void watch(Gate gate) {
    Gauge.builder("millrace.worker.gate.open", gate, g -> g.isOpen() ? 1 : 0)
        .description("1 if messages are received, 0 while the store fails")
        .register(registry);
    Gauge.builder("millrace.worker.store.calls.limit", gate, Gate::limit)
        .description("Calls to the store that may be under way")
        .register(registry);
  }

  /** Makes a PUT and times it, whatever its result. */
  PutResult timed(String kind, Supplier<PutResult> put) {
    long start = ticker.nanos();
    PutResult result = put.get();
    String known = result instanceof PutResult.Unknown ? "unknown" : "known";
    timers
        .computeIfAbsent(kind + ' ' + known, both -> timer(kind, known))
        .record(Duration.ofNanos(ticker.nanos() - start));
    return result;
  }

  private Timer timer(String kind, String result) {
    return Timer.builder("millrace.worker.put")
        .description("Time of a PUT until its answer, by kind of object and by result")
        .serviceLevelObjectives(PUT_TIMES)
        .tag("object", kind)
        .tag("result", result)
        .register(registry);
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failures.increment();
  }

  void throttled() {
    throttled.increment();
  }
}
