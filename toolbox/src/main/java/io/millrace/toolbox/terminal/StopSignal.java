package io.millrace.toolbox.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a run in order: the JVM's shutdown waits until the run has told its
 * summary, which is when this is closed.
 */
public final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 8;

  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Listens from now on.
   *
   * @param stop called once, on a thread of its own
   */
  public StopSignal(Runnable stop) {
    hook = new Thread(() -> stopAndWait(stop), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait(Runnable stop) {
    stop.run();
    try {
      if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("stopped without a summary");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook has done its part, and there is nothing to remove.
      return;
    }
  }
}
