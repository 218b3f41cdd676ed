package io.millrace.toolbox.post;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting. Thread-safe. */
final class FakeTiming implements Timing {
  static final Instant START = Instant.parse("2026-11-23T05:00:00Z");

  private final List<Long> waits = new ArrayList<>();
  private long nanos;

  /** The waits so far in milliseconds, those of 0 left out. */
  synchronized List<Long> waitsMs() {
    return waits.stream().map(wait -> wait / 1_000_000).toList();
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized void waitUntil(long nanoTime) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (nanoTime > nanos) {
      waits.add(nanoTime - nanos);
      nanos = nanoTime;
    }
  }
}
