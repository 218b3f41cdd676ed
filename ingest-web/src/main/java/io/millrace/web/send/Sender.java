package io.millrace.web.send;

import io.millrace.run.ByteBudget;
import io.millrace.time.FailureStreak;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.Batch;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchNumbers.EndedNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches, one at a time, has them sent, and ends them. Identity: batches given = sent +
 * failed; either way the collections are told and the bytes given back.
 *
 * <p>One thread's own.
 */
public final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final BatchQueue batches;
  private final BatchNumbers numbers;
  private final SendTries tries;
  private final ByteBudget budget;
  private final DrainRate drainRate;
  private final Tracing tracing;
  private final SendMetrics metrics;
  private final Ticker ticker;
  private final FailureStreak listeners = new FailureStreak();

  /**
   * @param batches where batches come from
   * @param numbers of those batches, for the headers
   * @param tries sends them; closed with this sender
   * @param budget gets their bytes back
   * @param drainRate learns of the bytes of those that were sent
   * @param tracing makes the spans of batches
   */
  public Sender(
      BatchQueue batches,
      BatchNumbers numbers,
      SendTries tries,
      ByteBudget budget,
      DrainRate drainRate,
      Tracing tracing,
      SendMetrics metrics,
      Ticker ticker) {
    this.batches = batches;
    this.numbers = numbers;
    this.tries = tries;
    this.budget = budget;
    this.drainRate = drainRate;
    this.tracing = tracing;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /**
   * Takes one batch to its end.
   *
   * @return false if the queue of batches has been closed and is empty
   * @throws InterruptedException if interrupted; a batch that was taken has failed then
   */
  boolean runOnce() throws InterruptedException {
    Batch batch = batches.take();
    if (batch == null) {
      return false;
    }
    send(batch);
    return true;
  }

  /**
   * Sends checkpoints at the end, when all batches have ended: until all numbers are told of or one
   * checkpoint was not sent. ACK_TIMEOUT bounds them together.
   *
   * @throws InterruptedException if interrupted; the checkpoint under way has failed then
   */
  void sendCheckpoints() throws InterruptedException {
    Moment opened = ticker.now();
    Batch checkpoint = batches.lastCheckpoint(opened);
    while (checkpoint != null && send(checkpoint)) {
      checkpoint = batches.lastCheckpoint(opened);
    }
  }

  /** Sends a batch, or fails it; it has ended when this returns or throws. */
  private boolean send(Batch batch) throws InterruptedException {
    EndedNumbers named = numbers.name();
    boolean sent = false;
    try {
      TraceSpan span = tracing.joined("batch", batch.openedMs(), batch.spans());
      sent = span == null ? tries.send(batch, named) : sendWithin(span, batch, named);
      return sent;
    } finally {
      // Outside the batch's span: this thread answers those that wait, and reads what they ask
      // next.
      end(batch, named, sent);
    }
  }

  private boolean sendWithin(TraceSpan span, Batch batch, EndedNumbers named)
      throws InterruptedException {
    boolean sent = false;
    try {
      sent = TraceSpan.within(span, () -> tries.send(batch, named));
      return sent;
    } finally {
      span.set("millrace.batch", batch.id().toString());
      span.set("millrace.payloads", batch.payloads());
      if (!sent) {
        span.fail("not queued in time");
      }
      span.end();
    }
  }

  private void end(Batch batch, EndedNumbers named, boolean sent) {
    if (sent) {
      numbers.sent(batch.id(), named);
      drainRate.drained(batch.reservedBytes(), ticker.nanos());
    } else {
      numbers.abandoned(batch.id(), named);
    }
    metrics.batchEnded(sent, batch.payloads());
    budget.release(batch.reservedBytes());
    batches.ended(batch);
    batch.end(sent, this::listenerFailed);
  }

  private void listenerFailed(RuntimeException cause) {
    metrics.listenerFailed();
    if (listeners.failed()) {
      LOG.error(
          "Answering a collection failed, {} so far by this thread", listeners.length(), cause);
    }
  }

  @Override
  public void close() {
    tries.close();
  }
}
