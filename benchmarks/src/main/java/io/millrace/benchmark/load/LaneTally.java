package io.millrace.benchmark.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one lane counts. Written by the lane alone, so its writes need no more than to be seen; any
 * one other thread reads.
 */
final class LaneTally {
  private static final int STATUSES = 600;
  private static final int DIGITS = 3;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLongArray byStatus = new AtomicLongArray(STATUSES);
  private final SingleWriterRecorder latencies = new SingleWriterRecorder(DIGITS);

  void sent() {
    add(sent, 1);
  }

  void answered(int status, long payloads) {
    byStatus.lazySet(status, byStatus.getPlain(status) + 1);
    add(accepted, payloads);
  }

  void broken() {
    add(broken, 1);
  }

  void unanswered() {
    add(unanswered, 1);
  }

  void unsent() {
    add(unsent, 1);
  }

  void latency(long nanos) {
    latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
  }

  /** Adds the latencies, in microseconds, since the last call. */
  void drainInto(Histogram target) {
    target.add(latencies.getIntervalHistogram());
  }

  /** What was counted so far. */
  LoadCounts counts() {
    return LoadCounts.of(
        sent.get(), accepted.get(), broken.get(), unanswered.get(), unsent.get(), byStatus);
  }

  private static void add(AtomicLong counter, long count) {
    counter.lazySet(counter.getPlain() + count);
  }
}
