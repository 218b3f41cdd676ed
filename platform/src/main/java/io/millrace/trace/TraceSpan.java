package io.millrace.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A piece of work in a trace, from its making to {@link #end}. Only sampled work has one. What goes
 * wrong with it is no fault of the work: nothing here throws but the work itself.
 *
 * <p>Thread-safe.
 */
public final class TraceSpan {
  private static final Logger LOG = LoggerFactory.getLogger(TraceSpan.class);

  /** What log lines call the trace that they belong to. */
  private static final String LOGGED = "trace_id";

  private final Span span;
  private final SpanContext context;

  TraceSpan(Span span) {
    this.span = span;
    context = span.getSpanContext();
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
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  /** Tells something of the work: no payload, token or credential. */
  public void set(String key, String value) {
    quietly(() -> span.setAttribute(key, value));
  }

  /** The same of a number. */
  public void set(String key, long value) {
    quietly(() -> span.setAttribute(key, value));
  }

  /** The work did not do what it was for. */
  public void fail(String why) {
    quietly(() -> span.setStatus(StatusCode.ERROR, why));
  }

  /** The work is over. */
  public void end() {
    quietly(span::end);
  }

  /**
   * Does work while the span is active on this thread: for its children, for exemplars, and for the
   * log, whose lines name its trace.
   *
   * @param span null to do just the work
   */
  public static <T, X extends Exception> T within(@Nullable TraceSpan span, Work<T, X> work)
      throws X {
    if (span == null) {
      return work.run();
    }
    String before = MDC.get(LOGGED);
    MDC.put(LOGGED, span.context.getTraceId());
    Scope active = span.activate();
    try {
      return work.run();
    } finally {
      quietly(active::close);
      if (before == null) {
        MDC.remove(LOGGED);
      } else {
        MDC.put(LOGGED, before);
      }
    }
  }

  SpanContext context() {
    return context;
  }

  void link(TraceSpan other) {
    quietly(() -> span.addLink(other.context));
  }

  @SuppressWarnings("MustBeClosedChecker") // it is, at the end of the work
  private Scope activate() {
    try {
      return span.makeCurrent();
    } catch (RuntimeException e) {
      LOG.debug("A span can't be made active", e);
      return Scope.noop();
    }
  }

  private static void quietly(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      LOG.debug("A span can't be told of its work", e);
    }
  }
}
