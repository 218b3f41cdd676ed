package io.millrace.trace;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.MDC;

/**
 * Spans kept in memory as they end. Requests are traced if their clients ask for it.
 *
 * <p>Thread-safe.
 */
public final class RecordedSpans {
  private static final String REQUEST = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final List<Ended> ended = new CopyOnWriteArrayList<>();
  private final Tracing tracing =
      new OtelTracing(
          SdkTracerProvider.builder()
              .setSampler(new JoiningSampler(new Sampling("parentbased_always_off", 0).sampler()))
              .addSpanProcessor(SimpleSpanProcessor.create(new Recorder()))
              .build());

  /** A span that has ended. */
  public record Ended(
      String name, String trace, int links, Map<String, String> attributes, boolean failed) {}

  /** What makes the spans. */
  public Tracing tracing() {
    return tracing;
  }

  /** A span that a client asked for. */
  public TraceSpan request() {
    return Objects.requireNonNull(
        tracing.request("request", header -> header.equals(Tracing.TRACEPARENT) ? REQUEST : null));
  }

  /** The trace that is active on this thread, for exemplars or for the log. */
  public Optional<String> activeTrace() {
    return Optional.ofNullable(Objects.requireNonNull(tracing.exemplars()).getCurrentTraceId())
        .or(() -> Optional.ofNullable(MDC.get("trace_id")));
  }

  /** Names in the order in which they ended. */
  public List<String> names() {
    return ended.stream().map(Ended::name).toList();
  }

  /** Those of a name, in the order in which they ended. */
  public List<Ended> of(String name) {
    return ended.stream().filter(span -> span.name().equals(name)).toList();
  }

  private void record(SpanData span) {
    Map<String, String> attributes = new LinkedHashMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
    ended.add(
        new Ended(
            span.getName(),
            span.getTraceId(),
            span.getLinks().size(),
            attributes,
            span.getStatus().getStatusCode() == StatusCode.ERROR));
  }

  private final class Recorder implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      spans.forEach(RecordedSpans.this::record);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
