package io.millrace.local;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM as an ordinary end: the command's thread wakes, stops in its own order, and
 * its exit status becomes the process's. Until it holds something to be stopped in order, a signal
 * ends the process at once. Thread-safe; at most one per process.
 */
final class CommandEnd {
  private final CountDownLatch requested = new CountDownLatch(1);
  private final AtomicBoolean ordered = new AtomicBoolean();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /** Starts to listen for the signals. */
  static CommandEnd installed() {
    var signal = new CommandEnd();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::shutDown, "stop-signal"));
    return signal;
  }

  /** From now on a signal waits for the command to stop in its own order. */
  void stopInOrder() {
    ordered.set(true);
  }

  /** Whether the process has been asked to stop. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Returns when the process is asked to stop or the time is over; null waits without end. */
  void await(@Nullable Duration limit) throws InterruptedException {
    if (limit == null) {
      requested.await();
    } else {
      requested.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Tells that everything is stopped; the process may end with this status. */
  void stopped(int status) {
    exitCode.complete(status);
  }

  /** A JVM that a signal ends reports the signal; only halting tells the command's own status. */
  private void shutDown() {
    requested.countDown();
    if (exitCode.isDone() || !ordered.get()) {
      return; // the JVM ends by itself, with the signal's status
    }
    Runtime.getRuntime().halt(exitCode.join());
  }
}
