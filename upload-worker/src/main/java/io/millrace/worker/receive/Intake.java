package io.millrace.worker.receive;

import io.millrace.codec.BatchLines;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Claim;
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
import io.millrace.worker.settle.PoisonKind;
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

  /** What the web tier's clock may be ahead of the queue's. */
  private static final Duration MAX_OPENED_AFTER = Duration.ofDays(1);

  private final RollQueue rolls;
  private final SuspectQueue suspects;
  private final Leases leases;
  private final DeadLetters deadLetters;
  private final PollMetrics metrics;
  private final Rules rules;
  private final Suspicion suspicion;
  private final FailureStreak failures = new FailureStreak();

  /**
   * What is asked of messages.
   *
   * @param maxReceives a message received more often is dead
   * @param maxLineBytes empty if frames are stored as they came; else, if each payload becomes an
   *     object, most bytes of a batch's lines. These are looked at here, so that no batch is stored
   *     by half; and no message is suspect, because a second write changes nothing
   */
  public record Rules(int maxReceives, OptionalInt maxLineBytes) {}

  public Intake(
      RollQueue rolls,
      SuspectQueue suspects,
      Leases leases,
      DeadLetters deadLetters,
      PollMetrics metrics,
      Rules rules) {
    this.rolls = rolls;
    this.suspects = suspects;
    this.leases = leases;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.rules = rules;
    this.suspicion = new Suspicion(metrics);
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
    if (rules.maxLineBytes.isEmpty() && suspicion.isSuspect(message, batch.header())) {
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
    if (message.receiveCount() > rules.maxReceives && !deadLetters.isRefused(message.messageId())) {
      poison.add(new Poison(message, PoisonKind.RECEIVED_TOO_OFTEN, "received too often"));
      return null;
    }
    try {
      Decoded decoded = MessageCodec.decode(message.body());
      requirePlausible(
          decoded.header(), message.sentMs() > 0 ? message.sentMs() : received.epochMs());
      if (rules.maxLineBytes.isPresent()) {
        BatchLines.check(decoded.header(), decoded.frame(), rules.maxLineBytes.getAsInt());
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
                PoisonKind.CONTRADICTION,
                "a message with the same batch id and other bytes came before"));
        return null;
      }
      return batch;
    } catch (UndecodableException e) {
      poison.add(new Poison(message, PoisonKind.UNDECODABLE, String.valueOf(e.getMessage())));
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
