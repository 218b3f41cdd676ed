package io.millrace.web.send;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import io.millrace.time.FailureStreak;
import io.millrace.time.Moment;
import io.millrace.trace.TraceSpan;
import io.millrace.web.batch.Batch;
import io.millrace.web.batch.EndedNumbers;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes batches and sends them, one at a time: tries again with backoff and full jitter until the
 * queue has the batch or ACK_TIMEOUT has passed since it was opened. A further try changes nothing
 * but {@code resent}, and that only after an answer was lost: what was surely refused is not on the
 * queue. Identity: batches given = sent + failed; either way the collections are told and the bytes
 * given back.
 *
 * <p>One thread's own.
 */
final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  /** Far above what SQS needs; a shorter wait would only send a batch twice. */
  private static final Duration SHORTEST_TRY = Duration.ofSeconds(1);

  /**
   * A try that is given less ends without an answer, most likely, and then the queue may have what
   * was answered with 503: stored twice, once the client has repeated it.
   */
  private static final Duration LEAST_TRY = Duration.ofMillis(250);

  private final SenderParts parts;
  private final Duration leastTry;
  private final FailureStreak listeners = new FailureStreak();
  private final FrameEncoder encoder;

  Sender(SenderParts parts) {
    this.parts = parts;
    Duration quarter = parts.ackTimeout().dividedBy(4); // where ACK_TIMEOUT is short
    this.leastTry = quarter.compareTo(LEAST_TRY) < 0 ? quarter : LEAST_TRY;
    this.encoder = new FrameEncoder(parts.codec());
  }

  /**
   * Takes one batch to its end.
   *
   * @return false if the queue of batches has been closed and is empty
   * @throws InterruptedException if interrupted; a batch that was taken has failed then
   */
  boolean runOnce() throws InterruptedException {
    Batch batch = parts.batches().take();
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
    Moment opened = parts.backoff().ticker().now();
    Batch checkpoint = parts.batches().lastCheckpoint(opened);
    while (checkpoint != null && send(checkpoint)) {
      checkpoint = parts.batches().lastCheckpoint(opened);
    }
  }

  /** Sends a batch, or fails it; it has ended when this returns or throws. */
  private boolean send(Batch batch) throws InterruptedException {
    EndedNumbers named = parts.numbers().name();
    boolean sent = false;
    try {
      sent = traced(batch, named);
      return sent;
    } finally {
      // Outside the batch's span: this thread answers those that wait, and reads what they ask
      // next.
      end(batch, named, sent);
    }
  }

  private boolean traced(Batch batch, EndedNumbers named) throws InterruptedException {
    TraceSpan span = parts.tracing().joined("batch", batch.openedMs(), batch.spans());
    boolean sent = false;
    try {
      sent = TraceSpan.within(span, () -> deliver(batch, named));
      return sent;
    } finally {
      if (span != null) {
        endSpan(span, batch, sent);
      }
    }
  }

  private static void endSpan(TraceSpan span, Batch batch, boolean sent) {
    span.set("millrace.batch", batch.id().toString());
    span.set("millrace.payloads", batch.payloads());
    if (!sent) {
      span.fail("not queued in time");
    }
    span.end();
  }

  private boolean deliver(Batch batch, EndedNumbers named) throws InterruptedException {
    if (batch.payloads() > 0) {
      parts.metrics().taken(parts.backoff().ticker().nanos() - batch.openedNanos());
    }
    return hasTime(batch) && trySend(batch, encode(batch, named));
  }

  private void end(Batch batch, EndedNumbers named, boolean sent) {
    if (sent) {
      parts.numbers().sent(batch.id(), named);
      parts.drainRate().drained(batch.reservedBytes(), parts.backoff().ticker().nanos());
    } else {
      parts.numbers().abandoned(batch.id(), named);
    }
    parts.metrics().batchEnded(sent, batch.payloads());
    parts.budget().release(batch.reservedBytes());
    parts.batches().ended(batch);
    batch.end(sent, this::listenerFailed);
  }

  private void listenerFailed(RuntimeException cause) {
    parts.metrics().listenerFailed();
    if (listeners.failed()) {
      LOG.error(
          "Answering a collection failed, {} so far by this thread", listeners.length(), cause);
    }
  }

  private MessageWithFrame encode(Batch batch, EndedNumbers named) {
    long started = System.nanoTime();
    Frame frame = encoder.encode(batch.lines(), batch.lineBytes());
    MessageHeader header =
        new MessageHeader(
            MessageCodec.VERSION,
            batch.id().toString(),
            batch.openedMs(),
            batch.payloads(),
            batch.lineBytes(),
            frame.crc32c(),
            parts.codec().label(),
            false,
            named.ended(),
            named.abandoned());
    parts
        .metrics()
        .encoded(batch.lineBytes(), frame.length(), batch.fillRatio(), System.nanoTime() - started);
    parts.batches().recycle(batch);
    return new MessageWithFrame(header, frame);
  }

  private boolean trySend(Batch batch, MessageWithFrame message) throws InterruptedException {
    String body = MessageCodec.encode(message.header(), message.frame());
    for (int tries = 1; hasTime(batch); tries++) {
      if (tries > 1) {
        parts.metrics().retried();
      }
      long started = System.nanoTime();
      SendResult result = parts.queue().send(body, Map.of(), tryTimeout(left(batch)));
      parts.metrics().sendTried(result, System.nanoTime() - started);
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
    long deadline = batch.openedNanos() + parts.ackTimeout().toNanos();
    return Duration.ofNanos(deadline - parts.backoff().ticker().nanos());
  }

  /** Waits before the next try; returns false at once if there will be no time for one. */
  private boolean pause(Batch batch, int tries) throws InterruptedException {
    Duration wait = parts.backoff().delay(tries);
    if (left(batch).minus(wait).compareTo(leastTry) < 0) {
      return false;
    }
    parts.backoff().ticker().pause(wait);
    return true;
  }

  private void succeeded() {
    int failures = parts.streak().succeeded();
    if (failures > 0) {
      LOG.info("Sending again after {} failures in a row", failures);
    }
  }

  private void failed(QueueException cause) {
    if (parts.streak().failed()) {
      LOG.warn("Sending fails ({} in a row): {}", parts.streak().length(), cause.getMessage());
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
