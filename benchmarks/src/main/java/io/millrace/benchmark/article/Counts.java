package io.millrace.benchmark.article;

import java.util.concurrent.atomic.LongAdder;

/** Payloads handed on, and what became of them; taken = stored + failed + under way. Thread-safe. */
final class Counts {
  private final LongAdder taken = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void taken() {
    taken.increment();
  }

  void stored() {
    stored.increment();
  }

  void failed() {
    failed.increment();
  }

  /** In Prometheus' text format. */
  String text() {
    return "article_payloads_taken_total %d%narticle_payloads_stored_total %d%n".formatted(
            taken.sum(), stored.sum())
        + "article_payloads_failed_total %d%n".formatted(failed.sum());
  }
}
