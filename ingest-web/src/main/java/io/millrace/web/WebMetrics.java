package io.millrace.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.pace.Ticker;
import io.millrace.queue.SendResult;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the web tier counts. Identities: requests = sum over all outcomes; payloads of requests with
 * outcome {@code accepted} = payloads accepted.
 *
 * <p>Thread-safe. A {@code SimpleMeterRegistry} is the in-memory twin for tests.
 */
public final class WebMetrics {
  private static final String REQUESTS = "millrace.web.requests";

  private final MeterRegistry registry;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Timer accepted;
  private final Counter payloadsAccepted;
  private final Counter bodyBytes;
  private final Counter changes;
  private final Counter batchesSent;
  private final Counter batchesFailed;
  private final DistributionSummary batchPayloads;
  private final Counter lineBytes;
  private final Counter frameBytes;
  private final Timer encode;
  private final Timer sent;
  private final Timer refused;
  private final Timer unknown;

  /**
   * Registers all meters.
   *
   * @param budget shown as it is when asked, as is {@code drainRate}
   * @param ticker the time of the rate
   */
  public WebMetrics(MeterRegistry registry, ByteBudget budget, DrainRate drainRate, Ticker ticker) {
    this.registry = registry;
    accepted =
        Timer.builder("millrace.web.accept.duration")
            .description("From a request's start to its 202")
            .serviceLevelObjectives(buckets())
            .register(registry);
    payloadsAccepted = counter("millrace.web.payloads.accepted", "Payloads answered with 202");
    bodyBytes = counter("millrace.web.body.bytes", "Bytes of bodies as received");
    changes =
        counter("millrace.web.payload.changes", "Line ends and lone surrogate escapes replaced");
    batchesSent = counter("millrace.web.batches.sent", "Batches that the queue took");
    batchesFailed = counter("millrace.web.batches.abandoned", "Batches answered with 503");
    batchPayloads =
        DistributionSummary.builder("millrace.web.batch.payloads")
            .description("Payloads in a batch that the queue took")
            .register(registry);
    lineBytes = counter("millrace.web.line.bytes", "Bytes of lines before compression");
    frameBytes = counter("millrace.web.frame.bytes", "Bytes of frames");
    encode = timer("millrace.web.encode.duration", "Compressing a batch");
    sent = sendTimer("sent");
    refused = sendTimer("refused");
    unknown = sendTimer("unknown");
    Gauge.builder("millrace.web.in.flight.bytes", budget, ByteBudget::reserved)
        .description("Bytes reserved of the budget")
        .register(registry);
    Gauge.builder("millrace.web.in.flight.limit.bytes", budget, ByteBudget::limit)
        .description("The budget, MAX_IN_FLIGHT_BYTES")
        .register(registry);
    Gauge.builder(
            "millrace.web.drain.bytes.per.second",
            drainRate,
            rate -> rate.bytesPerSecond(ticker.nanos()))
        .description("Bytes of the budget given back by batches sent, over about 10 s")
        .register(registry);
  }

  /** A request was answered with 202. */
  public void accepted(int payloads, long nanos) {
    requests("accepted").increment();
    payloadsAccepted.increment(payloads);
    accepted.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A request was answered with a problem; {@code reason} is the last part of its type. */
  public void refused(String reason) {
    requests(reason).increment();
  }

  /** A body was read. */
  public void bodyRead(int bytes) {
    bodyBytes.increment(bytes);
  }

  /** Payloads were changed so that every reader can read them. */
  public void changed(int count) {
    if (count > 0) {
      changes.increment(count);
    }
  }

  /** A batch was compressed. */
  public void encoded(int fromBytes, int toBytes, long nanos) {
    lineBytes.increment(fromBytes);
    frameBytes.increment(toBytes);
    encode.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** One try to send has ended. */
  public void sendTried(SendResult result, long nanos) {
    Timer timer =
        result instanceof SendResult.Sent
            ? sent
            : result instanceof SendResult.Refused ? refused : unknown;
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A batch has ended. */
  public void batchEnded(boolean wasSent, int payloads) {
    (wasSent ? batchesSent : batchesFailed).increment();
    if (wasSent) {
      batchPayloads.record(payloads);
    }
  }

  /** Payloads answered with 202 so far. */
  public long payloadsAccepted() {
    return (long) payloadsAccepted.count();
  }

  /** Requests so far by outcome: {@code accepted}, or the reason of the refusal. */
  public Map<String, Long> requestsByOutcome() {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    requests.forEach((outcome, counter) -> counts.put(outcome, (long) counter.count()));
    return counts;
  }

  private Counter requests(String outcome) {
    return requests.computeIfAbsent(
        outcome,
        o ->
            Counter.builder(REQUESTS)
                .description("Requests by outcome: accepted, or why not")
                .tag("outcome", o)
                .register(registry));
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(registry);
  }

  private Timer sendTimer(String result) {
    return Timer.builder("millrace.web.send.duration")
        .description("One try to send a batch, by result")
        .tag("result", result)
        .register(registry);
  }

  private static Duration[] buckets() {
    return java.util.stream.LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
        .mapToObj(Duration::ofMillis)
        .toArray(Duration[]::new);
  }
}
