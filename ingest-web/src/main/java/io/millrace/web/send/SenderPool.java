package io.millrace.web.send;

import io.millrace.model.Codec;
import io.millrace.queue.MessageQueue;
import io.millrace.run.Fault;
import io.millrace.run.StageThreads;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.DrainRate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

  /** Each batch ends by ACK_TIMEOUT; there is no wait to be cut short. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final SenderParts parts;
  private final List<Sender> senders;
  private final StageThreads threads;

  private SenderPool(SenderParts parts, List<Sender> senders, Fault fault) {
    this.parts = parts;
    this.senders = senders;
    List<StageThreads.Step> steps =
        senders.stream().<StageThreads.Step>map(sender -> sender::runOnce).toList();
    this.threads = StageThreads.start("sender", steps, parts.backoff(), fault);
  }

  /**
   * Starts the threads.
   *
   * @param count of threads, and so of sends at once
   * @param ackTimeout from a batch's opening to its failure
   */
  public static SenderPool start(
      int count, Duration ackTimeout, Codec codec, Flow flow, Watch watch) {
    SenderParts parts =
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
            new Backoff(BACKOFF_BASE, BACKOFF_LIMIT, new Random(), Ticker.system()));
    List<Sender> senders = Stream.generate(() -> new Sender(parts)).limit(count).toList();
    return new SenderPool(parts, senders, watch.fault());
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
      BatchNumbers numbers,
      MessageQueue queue,
      ByteBudget budget,
      DrainRate drainRate) {}

  /**
   * What watches the senders.
   *
   * @param fault gets the Error of any of them
   */
  public record Watch(Tracing tracing, SendMetrics metrics, Fault fault) {}

  /** Waits until every batch has ended, then sends checkpoints; ACK_TIMEOUT bounds either. */
  @Override
  public void close() {
    try {
      boolean ended = threads.join(System.nanoTime() + LONGEST.toNanos());
      try (Sender last = new Sender(parts)) {
        while (endsOne(last)) {
          // Only what threads that were interrupted, or had a fault, left behind.
        }
        last.sendCheckpoints();
      }
      if (ended) { // native memory must not go while a thread may use it
        senders.forEach(Sender::close);
      }
    } catch (InterruptedException e) {
      threads.stop();
      Thread.currentThread().interrupt();
    }
  }

  /** A batch that fails here has ended as well, and its clients know; the next may not fail. */
  private static boolean endsOne(Sender sender) throws InterruptedException {
    try {
      return sender.runOnce();
    } catch (RuntimeException | Error e) {
      LOG.error("Sending a batch failed", e);
      return true;
    }
  }
}
