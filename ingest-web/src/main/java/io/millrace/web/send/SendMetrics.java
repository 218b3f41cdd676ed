package io.millrace.web.send;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.admin.Meters;
import io.millrace.queue.SendResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the senders count. Identities: batches taken, and checkpoints = sent + abandoned; tries to
 * send = tries by result, together.
 *
 * <p>Thread-safe. A {@code SimpleMeterRegistry} is the in-memory twin for tests.
 */
public final class SendMetrics {
  private static final Duration[] BUCKETS =
      Meters.buckets(MILLIS, 5, 10, 25, 50, 100, 250, 1000, 5000);

  private final MeterRegistry registry;
  private final Counter batchesSent;
  private final Counter batchesAbandoned;
  private final Counter retries;
  private final Counter listenersFailed;
  private final DistributionSummary payloads;
  private final DistributionSummary fill;
  private final DistributionSummary compression;
  private final Counter lineBytes;
  private final Counter frameBytes;
  private final Timer linger;
  private final Timer encode;
  private final Timer sent;
  private final Timer refused;
  private final Timer unknown;

  /** Registers all meters. */
  public SendMetrics(MeterRegistry registry) {
    this.registry = registry;
    batchesSent = counter("batches.sent", "Batches that the queue took");
    batchesAbandoned = counter("batches.abandoned", "Batches answered with 503");
    retries = counter("send.retries", "Tries to send a batch beyond its first");
    listenersFailed =
        counter("listener.failures", "Collections that could not be told how their batch ended");
    payloads =
        summary("batch.payloads", "Payloads in a batch that the queue took").register(registry);
    fill =
        summary(
                "batch.fill.ratio",
                "Bytes of lines in a batch, of the most that a message may hold")
            .register(registry);
    compression =
        summary("batch.compression.ratio", "Bytes of lines in a batch for each byte of its frame")
            .register(registry);
    lineBytes = counter("line.bytes", "Bytes of lines before compression");
    frameBytes = counter("frame.bytes", "Bytes of frames");
    linger =
        timer("linger.duration", "From a batch's first collection until a sender takes it")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    encode = timer("encode.duration", "Compressing a batch").register(registry);
    sent = sendTimer("sent");
    refused = sendTimer("refused");
    unknown = sendTimer("unknown");
  }

  /** A sender has taken a batch with payloads. */
  void taken(long lingerNanos) {
    linger.record(lingerNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * A batch was compressed.
   *
   * @param fillRatio 0 to 1 of the lines that a message may hold
   */
  void encoded(int fromBytes, int toBytes, double fillRatio, long nanos) {
    lineBytes.increment(fromBytes);
    frameBytes.increment(toBytes);
    encode.record(nanos, TimeUnit.NANOSECONDS);
    if (fromBytes > 0) {
      fill.record(fillRatio);
      compression.record((double) fromBytes / toBytes);
    }
  }

  /** A try to send follows one that failed. */
  void retried() {
    retries.increment();
  }

  /** A collection could not be told how its batch ended. */
  void listenerFailed() {
    listenersFailed.increment();
  }

  /** One try to send has ended. */
  void sendTried(SendResult result, long nanos) {
    Timer timer =
        result instanceof SendResult.Sent
            ? sent
            : result instanceof SendResult.Refused ? refused : unknown;
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A batch has ended. */
  void batchEnded(boolean wasSent, int payloadCount) {
    (wasSent ? batchesSent : batchesAbandoned).increment();
    if (wasSent) {
      payloads.record(payloadCount);
    }
  }

  private Counter counter(String name, String about) {
    return Counter.builder("millrace.web." + name).description(about).register(registry);
  }

  private static DistributionSummary.Builder summary(String name, String about) {
    return DistributionSummary.builder("millrace.web." + name).description(about);
  }

  private static Timer.Builder timer(String name, String about) {
    return Timer.builder("millrace.web." + name).description(about);
  }

  private Timer sendTimer(String result) {
    return timer("send.duration", "One try to send a batch, by result")
        .serviceLevelObjectives(BUCKETS)
        .tag("result", result)
        .register(registry);
  }
}
