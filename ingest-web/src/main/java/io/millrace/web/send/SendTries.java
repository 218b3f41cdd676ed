package io.millrace.web.send;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Codec;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import io.millrace.web.batch.Batch;
import io.millrace.web.batch.BatchNumbers.EndedNumbers;
import io.millrace.web.batch.BatchQueue;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes a batch and tries to send it, with backoff and full jitter, until the queue has it or
 * ACK_TIMEOUT has passed since it was opened. A further try changes nothing but {@code resent}, and
 * that only after an answer was lost: what was surely refused is not on the queue.
 *
 * <p>One sender's own, which closes it.
 */
public final class SendTries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SendTries.class);

  /** Far above what SQS needs; a shorter wait would only send a batch twice. */
  private static final Duration SHORTEST_TRY = Duration.ofSeconds(1);

  /**
   * A try that is given less ends without an answer, most likely, and then the queue may have what
   * was answered with 503: stored twice, once the client has repeated it.
   */
  private static final Duration LEAST_TRY = Duration.ofMillis(250);

  private final BatchQueue batches;
  private final MessageQueue queue;
  private final Codec codec;
  private final Duration ackTimeout;
  private final Duration leastTry;
  private final SendMetrics metrics;
  private final FailureStreak streak;
  private final Backoff backoff;
  private final Ticker ticker;
  private final FrameEncoder encoder;

  /**
   * @param batches gets the buffers of encoded batches back
   * @param queue where messages go
   * @param codec how batches are compressed
   * @param ackTimeout from a batch's opening to its failure
   * @param streak tries that failed in a row, of all senders
   * @param backoff between tries
   */
  public SendTries(
      BatchQueue batches,
      MessageQueue queue,
      Codec codec,
      Duration ackTimeout,
      SendMetrics metrics,
      FailureStreak streak,
      Backoff backoff,
      Ticker ticker) {
    this.batches = batches;
    this.queue = queue;
    this.codec = codec;
    this.ackTimeout = ackTimeout;
    Duration quarter = ackTimeout.dividedBy(4); // where ACK_TIMEOUT is short
    this.leastTry = quarter.compareTo(LEAST_TRY) < 0 ? quarter : LEAST_TRY;
    this.metrics = metrics;
    this.streak = streak;
    this.backoff = backoff;
    this.ticker = ticker;
    this.encoder = new FrameEncoder(codec);
  }

  /**
   * Sends a batch that was just taken.
   *
   * @param named what its header tells of other batches
   * @return false if its time was over before the queue had it, as far as is known
   */
  boolean send(Batch batch, EndedNumbers named) throws InterruptedException {
    if (batch.payloads() > 0) {
      metrics.taken(ticker.nanos() - batch.openedNanos());
    }
    return hasTime(batch) && trySend(batch, encode(batch, named));
  }

  private MessageWithFrame encode(Batch batch, EndedNumbers named) {
    long started = ticker.nanos();
    Frame frame = encoder.encode(batch.lines(), batch.lineBytes());
    MessageHeader header =
        new MessageHeader(
            MessageCodec.VERSION,
            batch.id().toString(),
            batch.openedMs(),
            batch.payloads(),
            batch.lineBytes(),
            frame.crc32c(),
            codec.label(),
            false,
            named.ended(),
            named.abandoned());
    metrics.encoded(batch.lineBytes(), frame.length(), batch.fillRatio(), ticker.nanos() - started);
    batches.recycle(batch);
    return new MessageWithFrame(header, frame);
  }

  private boolean trySend(Batch batch, MessageWithFrame message) throws InterruptedException {
    String body = MessageCodec.encode(message.header(), message.frame());
    for (int tries = 1; hasTime(batch); tries++) {
      if (tries > 1) {
        metrics.retried();
      }
      long started = ticker.nanos();
      SendResult result = queue.send(body, Map.of(), tryTimeout(left(batch)));
      metrics.sendTried(result, ticker.nanos() - started);
      if (result instanceof SendResult.Sent) {
        succeeded();
        return true;
      }
      if (result instanceof SendResult.Unknown) {
        body = MessageCodec.encode(message.header().asResent(), message.frame());
      }
      failed(cause(result));
      if (!pause(batch, tries)) {
        return false;
      }
    }
    return false;
  }

  /** Half of what is left, so that one lost connection leaves time for another try. */
  private static Duration tryTimeout(Duration left) {
    Duration half = left.dividedBy(2);
    Duration longest = half.compareTo(SHORTEST_TRY) > 0 ? half : SHORTEST_TRY;
    return longest.compareTo(left) < 0 ? longest : left;
  }

  /** Whether a try makes sense; a batch that waited too long for a sender isn't even compressed. */
  private boolean hasTime(Batch batch) {
    return left(batch).compareTo(leastTry) >= 0;
  }

  private Duration left(Batch batch) {
    return Duration.ofNanos(batch.openedNanos() + ackTimeout.toNanos() - ticker.nanos());
  }

  /** Waits before the next try; returns false at once if there will be no time for one. */
  private boolean pause(Batch batch, int tries) throws InterruptedException {
    Duration wait = backoff.delay(tries);
    if (left(batch).minus(wait).compareTo(leastTry) < 0) {
      return false;
    }
    ticker.pause(wait);
    return true;
  }

  private void succeeded() {
    int failures = streak.succeeded();
    if (failures > 0) {
      LOG.info("Sending again after {} failures in a row", failures);
    }
  }

  private void failed(QueueException cause) {
    if (streak.failed()) {
      LOG.warn("Sending fails ({} in a row): {}", streak.length(), cause.getMessage());
    }
  }

  private static QueueException cause(SendResult failed) {
    if (failed instanceof SendResult.Unknown unknown) {
      return unknown.cause();
    }
    if (failed instanceof SendResult.Refused refused) {
      return refused.cause();
    }
    throw new IllegalArgumentException("sent, not failed: " + failed);
  }

  @Override
  public void close() {
    encoder.close();
  }

  /** What stays the same over all tries, but for {@code resent}. */
  private record MessageWithFrame(MessageHeader header, Frame frame) {}
}
