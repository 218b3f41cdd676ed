package io.millrace.toolbox.post;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What became of the collections so far; each that was handed out ends up accepted, or not accepted
 * for one reason, or is unfinished when the run is stopped. Thread-safe.
 */
final class PostTally {
  private static final int SHOWN_REASONS = 5;
  private static final long MAX_LATENCY_MICROS = Duration.ofHours(24).toNanos() / 1000;

  private final LongAdder sent = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder payloads = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder withoutReceipt = new LongAdder();
  private final Map<String, LongAdder> notAccepted = new ConcurrentSkipListMap<>();
  private final List<String> reasons = new ArrayList<>();
  private final ConcurrentHistogram latencies = new ConcurrentHistogram(MAX_LATENCY_MICROS, 3);

  /** A collection is about to be sent for the first time. */
  void sent() {
    sent.increment();
  }

  /**
   * A collection was accepted.
   *
   * @param latencyNanos from the moment it was meant to be sent to the answer, retries included
   */
  void accepted(int payloadCount, long latencyNanos) {
    accepted.increment();
    payloads.add(payloadCount);
    latencies.recordValue(Math.min(MAX_LATENCY_MICROS, Math.max(0, latencyNanos / 1000)));
  }

  /** An accepted collection's answer held no receipt although one was wanted. */
  void withoutReceipt() {
    withoutReceipt.increment();
  }

  /** A collection is tried once more. */
  void retried() {
    retries.increment();
  }

  /**
   * A collection was finally not accepted.
   *
   * @param kind the status, or what was there in its place
   * @param reason kept for the first few
   */
  void notAccepted(String kind, String reason) {
    notAccepted.computeIfAbsent(kind, k -> new LongAdder()).increment();
    synchronized (reasons) {
      String told = kind + " " + reason;
      if (reasons.size() < SHOWN_REASONS && !reasons.contains(told)) {
        reasons.add(told);
      }
    }
  }

  /** Collections that were sent at least once, or were about to be. */
  long sentCollections() {
    return sent.sum();
  }

  /** Collections that were accepted. */
  long acceptedCollections() {
    return accepted.sum();
  }

  /** Payloads of those. */
  long acceptedPayloads() {
    return payloads.sum();
  }

  /** Further tries of collections. */
  long retries() {
    return retries.sum();
  }

  /** Accepted collections without the receipt that was wanted. */
  long missingReceipts() {
    return withoutReceipt.sum();
  }

  /** Collections finally not accepted, by kind, in the kinds' order. */
  Map<String, Long> notAccepted() {
    Map<String, Long> counts = new ConcurrentSkipListMap<>();
    notAccepted.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  /** The first reasons why collections were not accepted, each once, at most 5. */
  List<String> firstReasons() {
    synchronized (reasons) {
      return List.copyOf(reasons);
    }
  }

  /** Latencies of the accepted collections in microseconds; a copy. */
  Histogram latencyMicros() {
    return latencies.copy();
  }
}
