package io.millrace.toolbox.post;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The machine's clocks; waits are exact to about 0.1 ms. */
final class SystemTiming implements Timing {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void waitUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - nanoTime();
    while (!Thread.interrupted()) {
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
      left = nanoTime - nanoTime();
    }
    throw new InterruptedException();
  }
}
