package io.millrace.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that moves when a test says so, and by every pause.
 *
 * <p>Thread-safe.
 */
public final class FakeTicker implements Ticker {
  private static final long START_MS = 1_795_404_920_123L;

  private final List<Duration> pauses = new ArrayList<>();
  private long nanos;
  private boolean interruptNext;

  /** Moves both clocks. */
  public synchronized void advance(Duration length) {
    nanos += length.toNanos();
  }

  /** The next pause is interrupted. */
  public synchronized void interruptNextPause() {
    interruptNext = true;
  }

  /** All pauses so far. */
  public synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  @Override
  public synchronized Moment now() {
    return new Moment(nanos, START_MS + nanos / 1_000_000);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void pause(Duration length) throws InterruptedException {
    if (interruptNext || Thread.interrupted()) {
      throw new InterruptedException("interrupted as asked");
    }
    pauses.add(length);
    nanos += length.toNanos();
  }
}
