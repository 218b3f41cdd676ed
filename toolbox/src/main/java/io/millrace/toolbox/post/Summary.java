package io.millrace.toolbox.post;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to: handed out = accepted + not accepted + sent without an answer + never sent.
 *
 * @param tally the final counts
 * @param handedOut collections that were read from the inputs
 * @param elapsed from the first answer to the last
 * @param failure why the run ended early; null if it didn't
 */
record Summary(PostTally tally, long handedOut, Duration elapsed, @Nullable Exception failure) {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};
  private static final double MICROS_PER_MS = 1e3;

  /** Whether every collection was accepted, with its receipt if one was wanted. */
  boolean complete() {
    return failure == null
        && tally.missingReceipts() == 0
        && tally.acceptedCollections() == handedOut;
  }

  /** Several lines, each with its line end. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "collections", "%,d accepted of %,d", tally.acceptedCollections(), handedOut);
    line(text, "payloads", "%,d accepted", tally.acceptedPayloads());
    line(text, "retries", "%,d", tally.retries());
    notAccepted(text);
    throughput(text);
    latency(text);
    if (failure != null) {
      String message = failure.getMessage();
      line(text, "ended early", "%s", message == null ? failure.toString() : message);
    }
    return text.toString();
  }

  private void notAccepted(StringBuilder text) {
    Map<String, Long> counts = tally.notAccepted();
    long unanswered = tally.sentCollections() - tally.acceptedCollections();
    for (long count : counts.values()) {
      unanswered -= count;
    }
    if (!counts.isEmpty()) {
      String list =
          counts.entrySet().stream()
              .map(
                  entry -> String.format(Locale.ROOT, "%,d × %s", entry.getValue(), entry.getKey()))
              .collect(Collectors.joining(", "));
      line(text, "not accepted", "%s", list);
    }
    for (String reason : tally.firstReasons()) {
      line(text, "", "%s", reason);
    }
    if (unanswered > 0) {
      line(text, "unfinished", "%,d sent without an answer, may be accepted or not", unanswered);
    }
    long neverSent = handedOut - tally.sentCollections();
    if (neverSent > 0) {
      line(text, "never sent", "%,d", neverSent);
    }
    if (tally.missingReceipts() > 0) {
      line(text, "no receipt", "%,d accepted without one", tally.missingReceipts());
    }
  }

  private void throughput(StringBuilder text) {
    long accepted = tally.acceptedCollections();
    if (accepted < 2) {
      return;
    }
    double seconds = Math.max(1e-9, elapsed.toNanos() / 1e9);
    double perSecond = (accepted - 1) / seconds;
    line(
        text,
        "throughput",
        "%,.0f collections/s, %,.0f payloads/s over %,.1f s after the first",
        perSecond,
        perSecond * tally.acceptedPayloads() / accepted,
        seconds);
  }

  private void latency(StringBuilder text) {
    Histogram micros = tally.latencyMicros();
    if (micros.getTotalCount() == 0) {
      return;
    }
    StringBuilder values = new StringBuilder();
    for (double percentile : PERCENTILES) {
      String name = percentile % 1 == 0 ? "p%.0f" : "p%.1f";
      values.append(
          String.format(Locale.ROOT, name + " %,.1f, ", percentile, ms(micros, percentile)));
    }
    line(text, "latency in ms", "%smax %,.1f", values, micros.getMaxValue() / MICROS_PER_MS);
  }

  private static double ms(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MS;
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-14s", name));
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
