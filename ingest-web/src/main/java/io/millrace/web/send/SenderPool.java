package io.millrace.web.send;

import io.millrace.run.Fault;
import io.millrace.run.StageThreads;
import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import io.millrace.web.batch.BatchQueue;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
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

  /** Each batch ends by ACK_TIMEOUT; there is no wait to be cut short. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Supplier<Sender> maker;
  private final List<Sender> senders;
  private final StageThreads threads;
  private final Ticker ticker;
  private final Fault fault;

  private SenderPool(
      int count, Supplier<Sender> maker, Backoff backoff, Ticker ticker, Fault fault) {
    this.maker = maker;
    this.ticker = ticker;
    this.fault = fault;
    senders = Stream.generate(maker).limit(count).toList();
    List<StageThreads.Step> steps =
        senders.stream().<StageThreads.Step>map(sender -> sender::runOnce).toList();
    threads = StageThreads.start("sender", steps, backoff, ticker, fault);
  }

  /**
   * Starts the threads.
   *
   * @param count of threads, and so of sends at once
   * @param maker of a sender for each, and of one more at the end
   * @param backoff after a sender failed with an exception that it should have handled
   * @param fault gets the Error of any of them
   */
  public static SenderPool start(
      int count, Supplier<Sender> maker, Backoff backoff, Ticker ticker, Fault fault) {
    return new SenderPool(count, maker, backoff, ticker, fault);
  }

  /** Waits until every batch has ended, then sends checkpoints; ACK_TIMEOUT bounds either. */
  @Override
  public void close() {
    try {
      boolean ended = threads.join(ticker.nanos() + LONGEST.toNanos());
      try (Sender last = maker.get()) {
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
  private boolean endsOne(Sender sender) throws InterruptedException {
    try {
      return sender.runOnce();
    } catch (RuntimeException e) {
      LOG.error("Sending a batch failed", e);
      return true;
    } catch (Error e) {
      fault.report("Closing the senders", e);
      return true;
    }
  }
}
