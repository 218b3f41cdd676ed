package io.millrace.worker.receive;

import io.millrace.codec.BatchLines;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.config.Capacity;
import io.millrace.model.Claim;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.FailureStreak;
import io.millrace.time.Moment;
import io.millrace.trace.Tracing;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.Poison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of received messages: into a roll, to the checkers if the batch may be
 * stored already, or to the dead letters.
 *
 * <p>Thread-safe.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /**
   * A batch is on the queue within a minute of being opened. It may be sent again later, out of the
   * dead letters: each queue keeps it for 14 days at most, and claims and manifests, which tell
   * whether it is stored, are kept for 30.
   */
  private static final Duration MAX_OPENED_BEFORE = Duration.ofDays(30);

  /** SQS's largest message, 1 MiB (Amazon SQS message quotas, since August 2025). */
  private static final int SQS_MAX_MESSAGE_BYTES = 1 << 20;

  /** What the web tier's clock may be ahead of the queue's. */
  private static final Duration MAX_OPENED_AFTER = Duration.ofDays(1);

  private final RollQueue rolls;
  private final SuspectQueue suspects;
  private final Leases leases;
  private final DeadLetters deadLetters;
  private final PollMetrics metrics;
  private final int maxReceives;
  private final OptionalInt maxLineBytes;
  private final long receiveBytes;
  private final Suspicion suspicion;
  private final FailureStreak failures = new FailureStreak();

  /**
   * @param maxReceives a message received more often is dead
   * @param maxLineBytes empty if frames are stored as they came; else, if each payload becomes an
   *     object, most bytes of a batch's lines. These are looked at here, so that no batch is stored
   *     by half; and no message is suspect, because a second write changes nothing
   * @param receiveBytes what {@link #receiveBytes(int)} says
   */
  public Intake(
      RollQueue rolls,
      SuspectQueue suspects,
      Leases leases,
      DeadLetters deadLetters,
      PollMetrics metrics,
      int maxReceives,
      OptionalInt maxLineBytes,
      long receiveBytes) {
    this.rolls = rolls;
    this.suspects = suspects;
    this.leases = leases;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.maxReceives = maxReceives;
    this.maxLineBytes = maxLineBytes;
    this.receiveBytes = receiveBytes;
    this.suspicion = new Suspicion(metrics);
  }

  /**
   * Bytes that the messages of one receive may take at most.
   *
   * @param maxMessageBytes the largest message the queue tells of
   */
  public static long receiveBytes(int maxMessageBytes) {
    return (long) MessageQueue.MAX_BATCH_ENTRIES
        * (maxLineBytes(maxMessageBytes) + Capacity.BATCH_OVERHEAD_BYTES);
  }

  /**
   * Bytes that the lines of one batch may take at most: they fit a message even if they don't
   * compress. 1 MiB at least, because a queue that tells of less may still carry that.
   *
   * @param maxMessageBytes the largest message the queue tells of
   */
  public static int maxLineBytes(int maxMessageBytes) {
    return Math.max(maxMessageBytes, SQS_MAX_MESSAGE_BYTES);
  }

  /** Waits until there is room for the messages of a receive, and takes it. */
  void reserve() throws InterruptedException {
    rolls.reserve(receiveBytes);
  }

  /**
   * Takes messages in, buries what is poison, and gives back what they didn't need of the room that
   * {@link #reserve} took. Never waits.
   *
   * @param messages of one receive, or none if there was none
   */
  void takeIn(List<ReceivedMessage> messages, Moment received) {
    long unused = receiveBytes;
    try {
      TakenIn taken = takeIn(messages, received, unused);
      unused -= taken.heldBytes();
      taken.poison().forEach(each -> deadLetters.offer(each, received.nanos()));
    } finally {
      rolls.release(unused);
    }
  }

  /**
   * What became of the messages of one receive.
   *
   * @param heldBytes of those taken in, reserved before
   * @param poison to be buried
   */
  record TakenIn(long heldBytes, List<Poison> poison) {}

  /**
   * Takes messages in, and sorts out what can't be. Never waits. A message that makes it fail is
   * left to come again, and ends nothing for the others.
   *
   * @param received when they were received
   * @param room bytes they may take; one that needs more than is left is let alone, to come again
   */
  TakenIn takeIn(List<ReceivedMessage> messages, Moment received, long room) {
    List<Poison> poison = new ArrayList<>(0);
    List<HeldBatch> suspected = new ArrayList<>(0);
    long held = 0;
    for (ReceivedMessage message : messages) {
      metrics.received(message);
      try {
        HeldBatch batch = decode(message, received, poison);
        if (batch != null && batch.heldBytes() <= room - held) {
          held += takeIn(message, batch, received, suspected);
        }
      } catch (RuntimeException e) {
        failed(message, e);
      }
    }
    return new TakenIn(held - handOver(suspected), poison);
  }

  /**
   * Hands a batch over, or gathers it as a suspect; returns the bytes that it holds from now on.
   */
  private long takeIn(
      ReceivedMessage message, HeldBatch batch, Moment received, List<HeldBatch> suspected) {
    // Before it is handed over: whoever takes it ends the lease.
    leases.hold(batch.receiptHandle(), batch.header().opened(), received.nanos());
    if (maxLineBytes.isEmpty() && suspicion.isSuspect(message, batch.header())) {
      suspected.add(batch);
      return batch.heldBytes();
    }
    return rolls.add(batch) ? batch.heldBytes() : 0;
  }

  /** Returns the bytes of those that were not taken. */
  private long handOver(List<HeldBatch> suspected) {
    if (suspected.isEmpty() || suspects.add(suspected)) {
      return 0;
    }
    return suspected.stream().mapToLong(HeldBatch::heldBytes).sum();
  }

  private void failed(ReceivedMessage message, RuntimeException e) {
    leases.settle(List.of(message.receiptHandle()));
    if (failures.failed()) {
      LOG.error(
          "Message {} could not be taken in ({} such so far), it comes again",
          message.messageId(),
          failures.length(),
          e);
    }
  }

  private @Nullable HeldBatch decode(
      ReceivedMessage message, Moment received, List<Poison> poison) {
    if (message.receiveCount() > maxReceives && !deadLetters.isRefused(message.messageId())) {
      poison.add(new Poison(message, Poison.Kind.RECEIVED_TOO_OFTEN, "received too often"));
      return null;
    }
    try {
      Decoded decoded = MessageCodec.decode(message.body());
      requirePlausible(
          decoded.header(), message.sentMs() > 0 ? message.sentMs() : received.epochMs());
      if (maxLineBytes.isPresent()) {
        BatchLines.check(decoded.header(), decoded.frame(), maxLineBytes.getAsInt());
      }
      HeldBatch batch =
          new HeldBatch(
              decoded.header(),
              decoded.frame(),
              message.receiptHandle(),
              Claim.NONE,
              traceparent(message));
      if (rolls.contradicts(batch)) {
        poison.add(
            new Poison(
                message,
                Poison.Kind.CONTRADICTION,
                "a message with the same batch id and other bytes came before"));
        return null;
      }
      return batch;
    } catch (UndecodableException e) {
      poison.add(new Poison(message, Poison.Kind.UNDECODABLE, String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** The hour of an object and the watermark follow what the header tells. */
  private static void requirePlausible(MessageHeader header, long sentMs)
      throws UndecodableException {
    long after = sentMs - header.opened();
    if (after > MAX_OPENED_BEFORE.toMillis() || -after > MAX_OPENED_AFTER.toMillis()) {
      throw new UndecodableException(
          "opened is %d, not within %d days before and %d day after it was sent, %d"
              .formatted(
                  header.opened(), MAX_OPENED_BEFORE.toDays(), MAX_OPENED_AFTER.toDays(), sentMs));
    }
  }

  /** Anyone may write on the queue, and what is held has to be bounded. */
  private static @Nullable String traceparent(ReceivedMessage message) {
    String sent = message.attributes().get(Tracing.TRACEPARENT);
    return sent != null && sent.length() == Tracing.TRACEPARENT_LENGTH ? sent : null;
  }
}
