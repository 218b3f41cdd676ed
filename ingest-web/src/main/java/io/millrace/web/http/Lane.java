package io.millrace.web.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs on a pool's threads, but only so many tasks at once; others wait in their order, and hold up
 * no thread. Unbounded in tasks: each belongs to a connection, and what it holds is reserved.
 *
 * <p>Thread-safe.
 */
final class Lane implements Executor {
  private final Executor pool;
  private final int width;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param width how many tasks may run at once, at least 1
   */
  Lane(Executor pool, int width) {
    this.pool = pool;
    this.width = width;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      if (running == width) {
        waiting.add(task);
        return;
      }
      running++;
    }
    start(task);
  }

  private void start(Runnable task) {
    try {
      pool.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        running--;
      }
      throw e;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      Runnable next = next();
      if (next != null) {
        start(next); // behind what else waits for the pool
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Runnable next = waiting.poll();
      if (next == null) {
        running--;
      }
      return next;
    }
  }
}
