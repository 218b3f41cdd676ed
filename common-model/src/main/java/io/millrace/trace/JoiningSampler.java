package io.millrace.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Leaves the choice of requests to a sampler; what they lead to is followed to its end: a span that
 * links to a sampled one is sampled, and a span within one of this process is as that one.
 *
 * @param chooser decides on requests, and on what comes from other processes
 */
record JoiningSampler(Sampler chooser) implements Sampler {
  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    SpanContext outer = Span.fromContext(parent).getSpanContext();
    if (outer.isValid() && !outer.isRemote()) {
      return outer.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }
    if (links.stream().anyMatch(link -> link.getSpanContext().isSampled())) {
      return SamplingResult.recordAndSample();
    }
    return chooser.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "joining{" + chooser.getDescription() + "}";
  }
}
