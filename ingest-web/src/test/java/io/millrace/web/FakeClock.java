package io.millrace.web;

import io.millrace.web.batch.Arrival;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Both clocks, moved by hand.
 *
 * <p>Thread-safe.
 */
public final class FakeClock {
  private static final long START_EPOCH_MS = 1_795_404_920_123L;

  private final AtomicLong nanos = new AtomicLong();

  /** The time now. */
  public Arrival now() {
    long sinceStart = nanos.get();
    return new Arrival(START_EPOCH_MS + sinceStart / 1_000_000, sinceStart);
  }

  /** As {@code System.nanoTime()}, from 0. */
  public long nanoTime() {
    return nanos.get();
  }

  /** Moves both. */
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
