package io.millrace.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read requests to the admin port and write its answers. Each exchange has a
 * thread while its request comes and its answer leaves. If all threads are taken, the exchange that
 * has had its thread the longest loses it, and with it its connection: a probe takes milliseconds,
 * so whoever is slower than that many others makes room. Exchanges begun = ended + evicted.
 *
 * <p>Thread-safe; whoever makes it closes it.
 */
final class AdminThreads implements Executor, AutoCloseable {
  private static final long KEEP_IDLE_SECONDS = 10;

  private final int most;
  private final ThreadPoolExecutor threads;

  /** Oldest first; at most {@link #most}. */
  private final Deque<Turn> turns = new ArrayDeque<>();

  /**
   * @param most threads at once
   */
  AdminThreads(int most) {
    this.most = most;
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            KEEP_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread admin = new Thread(task, "admin");
              admin.setDaemon(true);
              return admin;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs one exchange, in the place of the oldest if no thread is free. */
  @Override
  public void execute(Runnable exchange) {
    Turn turn = new Turn(exchange);
    synchronized (turns) {
      if (turns.size() == most) {
        turns.removeFirst().evict();
      }
      turns.addLast(turn);
    }
    threads.execute(turn);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** One exchange on a thread, or waiting for one that was just taken from another. */
  private final class Turn implements Runnable {
    private final Runnable exchange;
    private @Nullable Thread thread;
    private boolean evicted;

    Turn(Runnable exchange) {
      this.exchange = exchange;
    }

    @Override
    public void run() {
      begin(Thread.currentThread());
      try {
        exchange.run();
      } finally {
        end();
      }
    }

    /** An interrupt closes the channel that the thread reads or writes, now or next. */
    private synchronized void evict() {
      evicted = true;
      if (thread != null) {
        thread.interrupt();
      }
    }

    private synchronized void begin(Thread current) {
      thread = current;
      if (evicted) {
        current.interrupt();
      }
    }

    private void end() {
      synchronized (turns) {
        turns.remove(this);
      }
      synchronized (this) {
        thread = null;
        Thread.interrupted(); // the eviction was this exchange's, not the next one's
      }
    }
  }
}
