package io.millrace.toolbox.bucket;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task for each item on so many threads, which take the items one by one: nothing is queued.
 *
 * @param threads at least 1
 */
public record Parallel(int threads) {

  /** Where items come from; one thread at a time asks it. */
  @FunctionalInterface
  public interface Source<T> {
    /** The next item; null if there are no more. */
    @Nullable T next() throws InterruptedException;

    /** The items of a collection. */
    static <T> Source<T> of(Iterable<T> items) {
      var iterator = items.iterator();
      return () -> iterator.hasNext() ? iterator.next() : null;
    }
  }

  /** What is done with an item. */
  @FunctionalInterface
  public interface Task<T> {
    /** May throw: the first exception ends all. */
    void run(T item) throws InterruptedException;
  }

  /**
   * Returns when all tasks have ended.
   *
   * @throws RuntimeException the first that a task or the source threw; the others end early then
   */
  public <T> void each(Source<T> items, Task<T> task) throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Callable<Boolean> worker =
        () -> {
          try {
            return work(items, task, ended);
          } finally {
            ended.set(true);
          }
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads, Parallel::thread);
    try {
      for (var end : pool.invokeAll(Collections.nCopies(threads, worker))) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> boolean work(Source<T> items, Task<T> task, AtomicBoolean ended)
      throws InterruptedException {
    while (!ended.get()) {
      T item;
      synchronized (items) {
        item = items.next();
      }
      if (item == null) {
        return true;
      }
      task.run(item);
    }
    return false;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "reader");
    thread.setDaemon(true);
    return thread;
  }
}
