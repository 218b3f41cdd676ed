package io.millrace.worker.queue;

import io.millrace.codec.BatchLines;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.Claim;
import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.ReceivedMessage;
import io.millrace.trace.Tracing;
import io.millrace.worker.once.OnceRules;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.process.RollQueue;
import io.millrace.worker.process.SuspectQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of received messages: into a roll, to the checkers if the batch may be
 * stored already, or to the dead letters.
 *
 * <p>Thread-safe.
 */
public final class Intake {
  private final RollQueue rolls;
  private final SuspectQueue suspects;
  private final Leases leases;
  private final PollMetrics metrics;
  private final Rules rules;

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
      RollQueue rolls, SuspectQueue suspects, Leases leases, PollMetrics metrics, Rules rules) {
    this.rolls = rolls;
    this.suspects = suspects;
    this.leases = leases;
    this.metrics = metrics;
    this.rules = rules;
  }

  /**
   * What became of the messages of one receive.
   *
   * @param heldBytes of those taken in, reserved before
   * @param poison to be buried
   */
  record TakenIn(long heldBytes, List<Poison> poison) {}

  /**
   * Takes messages in, and sorts out what can't be. Never waits.
   *
   * @param receivedNanos when they were received, on the ticker's monotonic clock
   * @param room bytes they may take; one that needs more than is left is let alone, to come again
   */
  TakenIn takeIn(List<ReceivedMessage> messages, long receivedNanos, long room) {
    List<Poison> poison = new ArrayList<>(0);
    List<HeldBatch> suspected = new ArrayList<>(0);
    long held = 0;
    for (ReceivedMessage message : messages) {
      metrics.received(message);
      HeldBatch batch = decode(message, poison);
      if (batch == null || batch.heldBytes() > room - held) {
        continue;
      }
      // Before it is handed over: whoever takes it ends the lease.
      leases.hold(batch.receiptHandle(), batch.header().opened(), receivedNanos);
      if (isSuspect(message, batch)) {
        suspected.add(batch);
      } else if (!rolls.add(batch)) {
        continue;
      }
      held += batch.heldBytes();
    }
    if (!suspected.isEmpty() && !suspects.add(suspected)) {
      held -= suspected.stream().mapToLong(HeldBatch::heldBytes).sum();
    }
    return new TakenIn(held, poison);
  }

  private @Nullable HeldBatch decode(ReceivedMessage message, List<Poison> poison) {
    if (message.receiveCount() > rules.maxReceives) {
      poison.add(new Poison(message, PoisonKind.RECEIVED_TOO_OFTEN, "received too often"));
      return null;
    }
    try {
      Decoded decoded = MessageCodec.decode(message.body());
      if (rules.maxLineBytes.isPresent()) {
        BatchLines.check(decoded.header(), decoded.frame(), rules.maxLineBytes.getAsInt());
      }
      return new HeldBatch(
          decoded.header(),
          decoded.frame(),
          message.receiptHandle(),
          Claim.NONE,
          traceparent(message));
    } catch (UndecodableException e) {
      poison.add(new Poison(message, PoisonKind.UNDECODABLE, String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** Anyone may write on the queue, and what is held has to be bounded. */
  private static @Nullable String traceparent(ReceivedMessage message) {
    String sent = message.attributes().get(Tracing.TRACEPARENT);
    return sent != null && sent.length() == Tracing.TRACEPARENT_LENGTH ? sent : null;
  }

  private boolean isSuspect(ReceivedMessage message, HeldBatch batch) {
    if (rules.maxLineBytes.isPresent()) {
      return false;
    }
    boolean marked =
        batch.header().resent()
            || message.attributes().containsKey(DeadLetterAttributes.DEAD_LETTERED_AT);
    return OnceRules.isSuspect(
        message.receiveCount(), marked, message.sentMs(), batch.header().opened());
  }
}
