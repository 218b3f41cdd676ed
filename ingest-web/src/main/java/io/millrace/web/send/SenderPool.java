package io.millrace.web.send;

import io.millrace.model.Codec;
import io.millrace.pace.Backoff;
import io.millrace.pace.FailureStreak;
import io.millrace.pace.Ticker;
import io.millrace.queue.MessageQueue;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.batch.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sender threads. They end when the queue of batches has been closed and is empty; {@link
 * #close} waits for that and then sends the last checkpoints.
 *
 * <p>Thread-safe; whoever starts it closes it, after {@link BatchQueue#close}.
 */
public final class SenderPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SenderPool.class);

  private static final Duration BACKOFF_BASE = Duration.ofMillis(50);
  private static final Duration BACKOFF_LIMIT = Duration.ofSeconds(1);

  private final List<Thread> threads = new ArrayList<>();
  private final SenderParts parts;

  /** Of ours, not of the queue's. */
  private final FailureStreak faults = new FailureStreak();

  private SenderPool(SenderParts parts) {
    this.parts = parts;
  }

  /**
   * Starts the threads.
   *
   * @param count of threads, and so of sends at once
   * @param ackTimeout from a batch's opening to its failure
   */
  public static SenderPool start(
      int count, Duration ackTimeout, Codec codec, Flow flow, Watch watch) {
    SenderPool pool =
        new SenderPool(
            new SenderParts(
                flow.batches(),
                flow.numbers(),
                flow.queue(),
                flow.budget(),
                flow.drainRate(),
                codec,
                ackTimeout,
                watch.tracing(),
                watch.metrics(),
                new FailureStreak(),
                new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random(), Ticker.system())));
    for (int i = 0; i < count; i++) {
      Sender sender =
          new Sender(pool.parts); // here, so that a codec that can't load fails the start
      pool.threads.add(new Thread(() -> pool.run(sender), "sender-" + i));
    }
    pool.threads.forEach(Thread::start);
    return pool;
  }

  /**
   * What flows through the senders.
   *
   * @param batches where batches come from
   * @param numbers of those batches
   * @param queue where they go
   * @param budget gets their bytes back
   * @param drainRate learns of the bytes of those that were sent
   */
  public record Flow(
      BatchQueue batches,
      Numbers numbers,
      MessageQueue queue,
      ByteBudget budget,
      DrainRate drainRate) {}

  /** What watches the senders. */
  public record Watch(Tracing tracing, SendMetrics metrics) {}

  private void run(Sender sender) {
    try (sender) {
      while (runOnce(sender)) {
        // Each turn takes one batch to its end.
      }
    }
  }

  private boolean runOnce(Sender sender) {
    try {
      boolean more = sender.runOnce();
      faults.succeeded();
      return more;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException | Error e) {
      // The batch has failed and its clients know; the thread goes on with the next.
      if (faults.failed()) {
        LOG.error("Sending a batch failed, {} in a row", faults.length(), e);
      }
      return true;
    }
  }

  /** Waits until every batch has ended, then sends checkpoints; ACK_TIMEOUT bounds either. */
  @Override
  public void close() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      try (Sender last = new Sender(parts)) {
        while (last.runOnce()) {
          // Only what threads that were interrupted left behind.
        }
        last.sendCheckpoints();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }
}
