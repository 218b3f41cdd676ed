package io.millrace.web.http.answer;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.MILLIS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.admin.Meters;
import io.millrace.run.ByteBudget;
import io.millrace.time.Ticker;
import io.millrace.web.batch.DrainRate;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What the edge counts; the senders have {@code SendMetrics}. Identities: requests = sum over all
 * outcomes; payloads of requests with outcome {@code accepted} = payloads accepted.
 *
 * <p>Thread-safe. A {@code SimpleMeterRegistry} is the in-memory twin for tests.
 */
public final class EdgeMetrics {
  private final MeterRegistry registry;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Counter requestsAccepted;
  private final Timer accepted;
  private final Timer parsed;
  private final Counter payloadsAccepted;
  private final Counter bodyBytes;
  private final Counter changes;
  private final Counter answersFailed;

  /**
   * Registers all meters.
   *
   * @param budget shown as it is when asked, as is {@code drainRate}
   * @param ticker the time of the rate
   */
  public EdgeMetrics(
      MeterRegistry registry, ByteBudget budget, DrainRate drainRate, Ticker ticker) {
    this.registry = registry;
    requestsAccepted = requests("accepted");
    accepted =
        timer(
            "accept.duration",
            "From a request's start to its 202",
            Meters.buckets(MILLIS, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000));
    parsed =
        timer(
            "parse.duration",
            "Parsing and checking a collection, once its body is unpacked",
            Meters.buckets(MICROS, 10, 20, 50, 100, 500, 1000, 10_000, 100_000));
    payloadsAccepted = counter("payloads.accepted", "Payloads answered with 202");
    bodyBytes = counter("body.bytes", "Bytes of bodies as received");
    changes = counter("payload.changes", "Line ends and lone surrogate escapes replaced");
    answersFailed = counter("answers.failed", "Answers that could not be written");
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
    requestsAccepted.increment();
    payloadsAccepted.increment(payloads);
    accepted.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * What counts the requests with one outcome; to be asked for once and kept.
   *
   * @param outcome the last part of a problem's type
   */
  public Counter requests(String outcome) {
    return requests.computeIfAbsent(
        outcome,
        o ->
            Counter.builder("millrace.web.requests")
                .description("Requests by outcome: accepted, or why not")
                .tag("outcome", o)
                .register(registry));
  }

  /**
   * Shows how many connections are open.
   *
   * @param open asked for whenever the metrics are read
   * @param limit how many may be
   */
  public void connections(IntSupplier open, int limit) {
    Gauge.builder("millrace.web.connections", open::getAsInt)
        .description("Connections open")
        .register(registry);
    Gauge.builder("millrace.web.connections.limit", () -> limit)
        .description("The limit, MAX_CONNECTIONS")
        .register(registry);
  }

  /**
   * What counts the connections that the tier ended or refused; to be asked for once and kept.
   *
   * @param why one of a few words
   */
  public Counter connectionsEnded(String why) {
    return Counter.builder("millrace.web.connections.ended")
        .description("Connections that the tier ended: where they stood for too long, or why")
        .tag("why", why)
        .register(registry);
  }

  /** An answer could not be written, or its client had gone. */
  public void answerFailed() {
    answersFailed.increment();
  }

  /** A collection was parsed, and nothing was wrong with it. */
  public void parsed(long nanos) {
    parsed.record(nanos, TimeUnit.NANOSECONDS);
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

  /** Answers so far that could not be written. */
  public long answersFailed() {
    return (long) answersFailed.count();
  }

  /** Payloads answered with 202 so far. */
  public long payloadsAccepted() {
    return (long) payloadsAccepted.count();
  }

  /** Requests so far by outcome, for those that there were: accepted, or why not. */
  public Map<String, Long> requestsByOutcome() {
    Map<String, Long> counts = new TreeMap<>();
    requests.forEach((outcome, counter) -> counts.put(outcome, (long) counter.count()));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private Counter counter(String name, String about) {
    return Counter.builder("millrace.web." + name).description(about).register(registry);
  }

  private Timer timer(String name, String about, Duration... buckets) {
    return Timer.builder("millrace.web." + name)
        .description(about)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }
}
