package io.millrace.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The machine's clocks. */
record SystemTicker() implements Ticker {
  @Override
  public Moment now() {
    return new Moment(System.nanoTime(), System.currentTimeMillis());
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void pause(Duration length) throws InterruptedException {
    if (Thread.interrupted()) { // sleep looks for it only if there is time to sleep
      throw new InterruptedException("interrupted before a pause");
    }
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }
}
