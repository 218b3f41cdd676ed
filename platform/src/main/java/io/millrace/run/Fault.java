package io.millrace.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fault that ends a process: an {@link Error}, such as a class or a native library that is not
 * there, or no memory. Nobody can say what still works after one, so the process is neither ready
 * nor live from then on, hands back what it holds, and ends; what starts it again starts it whole.
 *
 * <p>Thread-safe; one for each process. Only the first fault counts and is logged.
 */
public final class Fault {
  private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

  private final AtomicBoolean reported = new AtomicBoolean();
  private final CountDownLatch told = new CountDownLatch(1);

  /**
   * Ends the process, soon and from another thread; this returns at once.
   *
   * @param where the thread or part that can't go on
   */
  public void report(String where, Throwable cause) {
    if (!reported.compareAndSet(false, true)) {
      return;
    }
    try {
      LOG.error("{} can't go on; the process ends", where, cause);
    } finally {
      told.countDown(); // even if there is no memory for a line of log
    }
  }

  /** Whether there was one. */
  public boolean isReported() {
    return reported.get();
  }

  /** Waits for one. */
  public void await() throws InterruptedException {
    told.await();
  }

  /**
   * Waits for one, but no longer than so.
   *
   * @return whether there was one
   */
  public boolean await(Duration limit) throws InterruptedException {
    return told.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * From now on an Error that ends any thread of this process, also one that is not ours, is its
   * fault. What another exception ends is logged.
   */
  public void watchAllThreads() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, cause) -> {
          if (cause instanceof Error) {
            report("Thread " + thread.getName(), cause);
          } else {
            LOG.error("Thread {} has ended", thread.getName(), cause);
          }
        });
  }
}
