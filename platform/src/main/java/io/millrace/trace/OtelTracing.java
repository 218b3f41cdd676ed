package io.millrace.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans of OpenTelemetry's SDK, sent over OTLP by a thread of its own. Those that it can't send as
 * fast as they end are dropped; nobody waits for them.
 *
 * <p>Thread-safe.
 */
final class OtelTracing implements Tracing {
  private static final Logger LOG = LoggerFactory.getLogger(OtelTracing.class);

  /** A batch has hundreds of requests; a few show what it is made of. */
  static final int MAX_LINKS = 32;

  /** A process that stops has more to do than to wait for a collector. */
  private static final int CLOSE_SECONDS = 1;

  private static final TextMapGetter<Headers> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
          return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
          return headers == null ? null : headers.get(name);
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final SpanContext exemplars = new Exemplars();

  OtelTracing(SdkTracerProvider provider) {
    this.provider = provider;
    tracer = provider.get("io.millrace");
  }

  static OtelTracing open(URI endpoint, TraceSettings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString());
    settings.headers().forEach(exporter::addHeader);
    return new OtelTracing(
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(attributes(settings))))
            .setSampler(new JoiningSampler(settings.sampling().sampler()))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
            .build());
  }

  /** What is set by hand wins over what we find out. */
  private static Attributes attributes(TraceSettings settings) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put("service.instance.id", UUID.randomUUID().toString());
    settings.attributes().forEach(attributes::put);
    attributes.put("service.name", settings.service());
    return attributes.build();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public @Nullable TraceSpan request(String name, Headers headers) {
    return begun(
        () -> tracer.spanBuilder(name).setParent(extract(headers)).setSpanKind(SpanKind.SERVER));
  }

  @Override
  public @Nullable TraceSpan child(String name, TraceSpan.Kind kind) {
    return Span.current().getSpanContext().isSampled()
        ? begun(() -> tracer.spanBuilder(name).setSpanKind(kind(kind)))
        : null;
  }

  @Override
  public @Nullable TraceSpan continued(String name, TraceSpan.Kind kind, String traceparent) {
    Headers headers = header -> header.equals(TRACEPARENT) ? traceparent : null;
    return begun(
        () -> tracer.spanBuilder(name).setParent(extract(headers)).setSpanKind(kind(kind)));
  }

  @Override
  public @Nullable TraceSpan joined(String name, long startMs, List<TraceSpan> from) {
    if (from.isEmpty()) {
      return null;
    }
    TraceSpan joined =
        begun(
            () -> {
              SpanBuilder builder =
                  tracer
                      .spanBuilder(name)
                      .setNoParent()
                      .setStartTimestamp(startMs, TimeUnit.MILLISECONDS);
              from.stream().limit(MAX_LINKS).forEach(each -> builder.addLink(each.context()));
              return builder;
            });
    if (joined != null) {
      from.forEach(each -> each.link(joined));
    }
    return joined;
  }

  @Override
  public SpanContext exemplars() {
    return exemplars;
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private static Context extract(Headers headers) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER);
  }

  /** What goes wrong here is no fault of the work: that has no span then. */
  private static @Nullable TraceSpan begun(Supplier<SpanBuilder> builder) {
    try {
      Span span = builder.get().startSpan();
      return span.getSpanContext().isSampled() ? new TraceSpan(span) : null;
    } catch (RuntimeException e) {
      LOG.debug("A span can't be begun", e);
      return null;
    }
  }

  private static SpanKind kind(TraceSpan.Kind kind) {
    return SpanKind.valueOf(kind.name());
  }
}
