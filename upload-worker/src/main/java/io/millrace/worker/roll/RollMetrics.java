package io.millrace.worker.roll;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.run.ByteBudget;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the rolls tell: why they closed, and what is held now.
 *
 * <p>Thread-safe.
 */
public final class RollMetrics {
  private final MeterRegistry registry;
  private final Map<CloseCause, Counter> closed = new EnumMap<>(CloseCause.class);

  public RollMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (CloseCause cause : CloseCause.values()) {
      closed.put(
          cause,
          Counter.builder("millrace.worker.rolls.closed")
              .description("Rolls closed, by cause")
              .tag("cause", cause.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** Shows what a queue and its budget hold; they live as long as the registry. */
  public void watch(RollQueue rolls, ByteBudget budget) {
    Gauge.builder("millrace.worker.rolls.open", rolls, r -> r.held().openRolls())
        .description("Rolls that still take batches")
        .register(registry);
    Gauge.builder("millrace.worker.rolls.waiting", rolls, r -> r.held().waitingRolls())
        .description("Closed rolls that wait for an uploader")
        .register(registry);
    Gauge.builder("millrace.worker.rolls.waiting.limit", rolls, RollQueue::maxWaiting)
        .description("Closed rolls that may wait before receiving pauses, MAX_QUEUE")
        .register(registry);
    Gauge.builder("millrace.worker.held.limit.bytes", budget, ByteBudget::limit)
        .description("Bytes that may be held or reserved")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("millrace.worker.held.bytes", budget, ByteBudget::reserved)
        .description("Bytes held or reserved for messages to come")
        .baseUnit("bytes")
        .register(registry);
  }

  void closed(CloseCause cause) {
    Counter counter = closed.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
