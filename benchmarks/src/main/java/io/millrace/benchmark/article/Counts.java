package io.millrace.benchmark.article;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Payloads handed on, and what became of them; taken = stored + failed + under way. Thread-safe.
 */
final class Counts {
  private final Counter taken;
  private final Counter stored;
  private final Counter failed;

  Counts(MeterRegistry registry) {
    taken = registry.counter("article.payloads.taken");
    stored = registry.counter("article.payloads.stored");
    failed = registry.counter("article.payloads.failed");
  }

  void taken() {
    taken.increment();
  }

  void stored() {
    stored.increment();
  }

  void failed() {
    failed.increment();
  }
}
