package io.millrace.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Leaves the choice of requests to a sampler; what they lead to is followed to its end, in this
 * process and in others: any other span is sampled if the one that it is within is, or one that it
 * links to.
 *
 * @param chooser decides on requests
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
    if (kind == SpanKind.SERVER) {
      return chooser.shouldSample(parent, traceId, name, kind, attributes, links);
    }
    boolean sampled =
        Span.fromContext(parent).getSpanContext().isSampled()
            || links.stream().anyMatch(link -> link.getSpanContext().isSampled());
    return sampled ? SamplingResult.recordAndSample() : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "joining{" + chooser.getDescription() + "}";
  }
}
