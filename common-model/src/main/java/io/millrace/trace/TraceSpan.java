package io.millrace.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A piece of work in a trace, from its making to {@link #end}. Only sampled work has one.
 *
 * <p>Thread-safe.
 */
public final class TraceSpan {
  /** What log lines call the trace that they belong to. */
  private static final String LOGGED = "trace_id";

  private final Span span;

  TraceSpan(Span span) {
    this.span = span;
  }

  /** The part that a span has in a call between processes. */
  public enum Kind {
    INTERNAL,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  /** Work during which a span is active. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T run() throws X;
  }

  /** Where it is, in the form of the header {@link Tracing#TRACEPARENT}. */
  public String traceparent() {
    SpanContext context = context();
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  /** Tells something of the work: no payload, token or credential. */
  public void set(String key, String value) {
    span.setAttribute(key, value);
  }

  /** The same of a number. */
  public void set(String key, long value) {
    span.setAttribute(key, value);
  }

  /** The work did not do what it was for. */
  public void fail(String why) {
    span.setStatus(StatusCode.ERROR, why);
  }

  /** The work is over. */
  public void end() {
    span.end();
  }

  /**
   * Does work while the span is active on this thread: for its children, for exemplars, and for the
   * log, whose lines name its trace.
   *
   * @param span null to do just the work
   */
  @SuppressWarnings("try") // a scope is only closed
  public static <T, X extends Exception> T within(@Nullable TraceSpan span, Work<T, X> work)
      throws X {
    if (span == null) {
      return work.run();
    }
    String before = MDC.get(LOGGED);
    MDC.put(LOGGED, span.context().getTraceId());
    try (Scope active = span.span.makeCurrent()) {
      return work.run();
    } finally {
      if (before == null) {
        MDC.remove(LOGGED);
      } else {
        MDC.put(LOGGED, before);
      }
    }
  }

  SpanContext context() {
    return span.getSpanContext();
  }

  void link(TraceSpan other) {
    span.addLink(other.context());
  }
}
