package io.millrace.web.send;

import java.time.Duration;

/** How the sender waits between tries; passed in, so that tests do not wait. */
@FunctionalInterface
public interface Pause {
  /**
   * Waits.
   *
   * @throws InterruptedException if interrupted
   */
  void forNext(Duration duration) throws InterruptedException;
}
