package io.millrace.trace;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Which span is active on a thread that records into a histogram. Stateless and thread-safe. */
record Exemplars() implements SpanContext {
  @Override
  public @Nullable String getCurrentTraceId() {
    return isCurrentSpanSampled() ? Span.current().getSpanContext().getTraceId() : null;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return isCurrentSpanSampled() ? Span.current().getSpanContext().getSpanId() : null;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return Span.current().getSpanContext().isSampled();
  }

  @Override
  public void markCurrentSpanAsExemplar() {
    Span.current().setAttribute(EXEMPLAR_ATTRIBUTE_NAME, EXEMPLAR_ATTRIBUTE_VALUE);
  }
}
