package io.millrace.web.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.Counter;
import io.millrace.run.Fault;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and counts the answers of the edge.
 *
 * <p>Thread-safe.
 */
public final class Answers {
  public static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
  private static final HttpField PROBLEM =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);

  private final EdgeMetrics metrics;
  private final RetryAfter retryAfter;
  private final Ticker ticker;
  private final Fault fault;
  private final FailureStreak failures = new FailureStreak();
  private final Map<ProblemType, Counter> refused = new EnumMap<>(ProblemType.class);
  private volatile boolean draining;

  /**
   * @param ticker times requests
   * @param fault of the process; gets the Errors of requests
   */
  public Answers(EdgeMetrics metrics, RetryAfter retryAfter, Ticker ticker, Fault fault) {
    this.metrics = metrics;
    this.retryAfter = retryAfter;
    this.ticker = ticker;
    this.fault = fault;
    for (ProblemType type : ProblemType.values()) {
      refused.put(type, metrics.requests(type.slug()));
    }
  }

  /** The time now, by which requests are timed. */
  public long nowNanos() {
    return ticker.nanos();
  }

  /** From now on every answer is to ask its client to close the connection. */
  public void drain() {
    draining = true;
  }

  /** Whether {@link #drain} was called. */
  public boolean isDraining() {
    return draining;
  }

  /** An answer could not be written, or its client had gone. */
  public void failedToWrite() {
    metrics.answerFailed();
  }

  /**
   * 202.
   *
   * @param payloads of the collection
   * @param receipt empty if it had none
   * @param startedNanos when the request came, by {@link #nowNanos}
   */
  public Answer accepted(int payloads, String receipt, long startedNanos) {
    String body =
        receipt.isEmpty()
            ? "{\"accepted\":0}"
            : "{\"accepted\":" + payloads + ",\"receipt\":\"" + receipt + "\"}";
    metrics.accepted(payloads, ticker.nanos() - startedNanos);
    return new Answer(202, JSON, List.of(), body.getBytes(ISO_8859_1));
  }

  /** A problem, with the headers that its type asks for. */
  public Answer problem(ProblemType type, String detail) {
    return problem(type, Problem.of(type, detail));
  }

  /**
   * 500; the log gets the cause of the 1st, 2nd, 4th, 8th and so on of this process. After an Error
   * the process ends.
   */
  public Answer failure(Throwable cause) {
    if (cause instanceof Error) {
      fault.report("A request", cause);
    }
    ProblemType type = ProblemType.INTERNAL_ERROR;
    Problem problem = Problem.of(type, "this is a fault of the server");
    if (failures.failed()) {
      LOG.error(
          "A request failed, {} so far; its answer is {}",
          failures.length(),
          problem.instance(),
          cause);
    }
    return problem(type, problem);
  }

  private Answer problem(ProblemType type, Problem problem) {
    List<HttpField> headers = new ArrayList<>();
    switch (type) {
      case UNSUPPORTED_ENCODING ->
          headers.add(new HttpField(HttpHeader.ACCEPT_ENCODING, "gzip, zstd"));
      case OVERLOADED, NOT_QUEUED ->
          headers.add(new HttpField(HttpHeader.RETRY_AFTER, retryAfter.untilDrained()));
      case STOPPING ->
          headers.add(new HttpField(HttpHeader.RETRY_AFTER, RetryAfter.whileStopping()));
      default -> {
        // No header beyond the common ones.
      }
    }
    if (type == ProblemType.STOPPING || type == ProblemType.REQUEST_TIMEOUT) {
      headers.add(CLOSE);
    }
    Objects.requireNonNull(refused.get(type)).increment();
    return new Answer(type.status(), PROBLEM, headers, problem.toJson());
  }
}
