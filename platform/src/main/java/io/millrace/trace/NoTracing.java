package io.millrace.trace;

import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes no spans. */
record NoTracing() implements Tracing {
  @Override
  public boolean isOn() {
    return false;
  }

  @Override
  public @Nullable TraceSpan request(String name, Headers headers) {
    return null;
  }

  @Override
  public @Nullable TraceSpan child(String name, TraceSpan.Kind kind) {
    return null;
  }

  @Override
  public @Nullable TraceSpan continued(String name, TraceSpan.Kind kind, String traceparent) {
    return null;
  }

  @Override
  public @Nullable TraceSpan joined(String name, long startMs, List<TraceSpan> from) {
    return null;
  }

  @Override
  public @Nullable SpanContext exemplars() {
    return null;
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
