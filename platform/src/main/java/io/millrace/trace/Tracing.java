package io.millrace.trace;

import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans. What is not sampled has none: every method answers null then, and the caller has
 * nothing to do. Off, it costs a call that answers null. None throws: a fault of tracing is not one
 * of the work that is traced.
 *
 * <p>Many requests become one batch, and many batches one roll; a span has one parent. So a batch
 * and a roll each begin a trace of their own, which is {@link #joined} by links to what went into
 * it: request ↔ batch ▶ send ▶ receive ▶ store ↔ roll ▶ PUT.
 *
 * <p>Thread-safe; whoever opens it closes it.
 */
public interface Tracing extends AutoCloseable {
  /** The header of W3C Trace Context, and the attribute of a message that carries the same. */
  String TRACEPARENT = "traceparent";

  /** Characters of its values: version, trace, span, flags. */
  int TRACEPARENT_LENGTH = 55;

  /** The headers of a request. */
  @FunctionalInterface
  interface Headers {
    /** The value of a header, null if there is none. */
    @Nullable String get(String name);
  }

  /** False if no span will ever be made. */
  boolean isOn();

  /** Begins the span of a request, as the client's trace and the sampler have it. */
  @Nullable TraceSpan request(String name, Headers headers);

  /** Begins a span within the one that is active on this thread. */
  @Nullable TraceSpan child(String name, TraceSpan.Kind kind);

  /**
   * Begins a span within one of another process.
   *
   * @param traceparent as it was sent; what is none has no span
   */
  @Nullable TraceSpan continued(String name, TraceSpan.Kind kind, String traceparent);

  /**
   * Begins a trace of its own. All of {@code from} get a link to it, and it gets links to the first
   * few of them.
   *
   * @param startMs when it began, ms since the epoch
   * @param from spans that have not ended; if there are none it has no span
   */
  @Nullable TraceSpan joined(String name, long startMs, List<TraceSpan> from);

  /** Tells a registry of meters which span is active, for exemplars; null if none ever is. */
  @Nullable SpanContext exemplars();

  /** Sends what has ended, for 1 s at most. */
  @Override
  void close();

  /** Makes no spans. */
  static Tracing off() {
    return new NoTracing();
  }

  /** Sends spans to the endpoint of the settings; off if they name none. */
  static Tracing open(TraceSettings settings) {
    return settings
        .endpoint()
        .<Tracing>map(to -> OtelTracing.open(to, settings))
        .orElseGet(Tracing::off);
  }
}
