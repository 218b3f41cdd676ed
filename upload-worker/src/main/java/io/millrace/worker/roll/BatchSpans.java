package io.millrace.worker.roll;

import io.millrace.time.Ticker;
import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The spans of work on many batches: one of its own, and for the first {@value #MAX_EACH} batches
 * that are traced one each, in the batch's trace; links lead from either to the other.
 *
 * <p>Thread-safe.
 *
 * @param tracing makes the spans
 * @param ticker the time now
 */
public record BatchSpans(Tracing tracing, Ticker ticker) {
  /** They end at once, and the exporter has room for 2,048 spans: of several rolls, then. */
  static final int MAX_EACH = 256;

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
    boolean done = false;
    try {
      T result = TraceSpan.within(span, work);
      done = true;
      return result;
    } finally {
      // First the one that all others lead to: without room the last are dropped.
      if (span != null) {
        span.set("millrace.batches", batches.size());
        end(span, done);
      }
      for (TraceSpan batch : spans) {
        end(batch, done);
      }
    }
  }

  private static void end(TraceSpan span, boolean done) {
    if (!done) {
      span.fail("not done");
    }
    span.end();
  }

  private List<TraceSpan> begin(String name, List<HeldBatch> batches) {
    List<TraceSpan> spans = new ArrayList<>();
    for (HeldBatch batch : batches) {
      if (spans.size() == MAX_EACH) {
        break;
      }
      TraceSpan span =
          batch.traceparent() == null
              ? null
              : tracing.continued(name, TraceSpan.Kind.INTERNAL, batch.traceparent());
      if (span != null) {
        span.set("millrace.batch", batch.header().batch());
        span.set("millrace.payloads", batch.header().payloads());
        spans.add(span);
      }
    }
    return spans;
  }
}
