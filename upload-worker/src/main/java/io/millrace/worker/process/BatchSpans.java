package io.millrace.worker.process;

import io.millrace.pace.Ticker;
import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import java.util.ArrayList;
import java.util.List;

/**
 * The spans of work on many batches: one of its own, and for each batch that is traced one in the
 * batch's trace; links lead from either to the other.
 *
 * <p>Thread-safe.
 *
 * @param tracing makes the spans
 * @param ticker the time now
 */
public record BatchSpans(Tracing tracing, Ticker ticker) {
  /**
   * Does the work within its span; just does it if none of the batches is traced.
   *
   * @param together name of the work's span
   * @param each name of each batch's
   */
  public <T> T around(
      String together,
      String each,
      List<HeldBatch> batches,
      TraceSpan.Work<T, InterruptedException> work)
      throws InterruptedException {
    if (!tracing.isOn()) {
      return work.run();
    }
    List<TraceSpan> spans = begin(each, batches);
    TraceSpan span = tracing.joined(together, ticker.now().epochMs(), spans);
    try {
      return TraceSpan.within(span, work);
    } finally {
      spans.forEach(TraceSpan::end);
      if (span != null) {
        span.set("millrace.batches", batches.size());
        span.end();
      }
    }
  }

  private List<TraceSpan> begin(String name, List<HeldBatch> batches) {
    List<TraceSpan> spans = new ArrayList<>();
    for (HeldBatch batch : batches) {
      TraceSpan span =
          batch.traceparent() == null
              ? null
              : tracing.continued(name, TraceSpan.Kind.INTERNAL, batch.traceparent());
      if (span != null) {
        span.set("millrace.batch", batch.header().batch());
        spans.add(span);
      }
    }
    return spans;
  }
}
