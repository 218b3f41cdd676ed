package io.millrace.worker.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.millrace.queue.ReceivedMessage;
import io.millrace.worker.receive.Suspicion.SuspectCause;
import io.millrace.worker.settle.Leases;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What receiving counts: received = added to rolls + suspects + dead-lettered + left to come again.
 *
 * <p>Thread-safe.
 */
public final class PollMetrics {
  private final Counter polls;
  private final Counter emptyPolls;
  private final Counter received;
  private final Counter redelivered;
  private final Counter receiveFailures;
  private final MeterRegistry registry;
  private final Map<SuspectCause, Counter> suspects = new EnumMap<>(SuspectCause.class);

  public PollMetrics(MeterRegistry registry) {
    this.registry = registry;
    polls = polls("some");
    emptyPolls = polls("none");
    received = counter(registry, "messages.received", "Messages received");
    redelivered =
        counter(registry, "messages.redelivered", "Messages received that had been before");
    receiveFailures =
        counter(registry, "receive.failures", "Receives that were refused or not answered");
    for (SuspectCause cause : SuspectCause.values()) {
      suspects.put(
          cause,
          Counter.builder("millrace.worker.suspects")
              .description("Batches that have to be looked for in the store first, by why")
              .tag("cause", cause.tag())
              .register(registry));
    }
  }

  private Counter polls(String messages) {
    return Counter.builder("millrace.worker.polls")
        .description("Receives that were answered, by whether they brought messages")
        .tag("messages", messages)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String about) {
    return Counter.builder("millrace.worker." + name).description(about).register(registry);
  }

  /** Shows what is held, and up to when all is stored; it lives as long as the registry. */
  public void watch(CaughtUp watermark) {
    TimeGauge.builder("millrace.worker.watermark", watermark, TimeUnit.MILLISECONDS, CaughtUp::ms)
        .description("Unix time up to which all is stored, as far as this worker can tell")
        .strongReference(true)
        .register(registry);
    Gauge.builder("millrace.worker.held.messages", watermark.leases(), Leases::size)
        .description("Messages received and not yet settled")
        .register(registry);
  }

  void polled(int messages) {
    (messages > 0 ? polls : emptyPolls).increment();
  }

  void received(ReceivedMessage message) {
    received.increment();
    if (message.receiveCount() > 1) {
      redelivered.increment();
    }
  }

  void receiveFailed() {
    receiveFailures.increment();
  }

  void suspected(SuspectCause cause) {
    Counter counter = suspects.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
