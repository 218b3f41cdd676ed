package io.millrace.worker.queue;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.process.RollQueue;
import java.util.List;

/**
 * Decides what becomes of a received message: into a roll, or, once the good ones are taken in, to
 * the dead letters.
 *
 * <p>Thread-safe.
 */
public final class Intake {
  private final RollQueue rolls;
  private final DeadLetters deadLetters;
  private final PollMetrics metrics;
  private final int maxReceives;

  /**
   * @param maxReceives a message received more often is dead
   */
  public Intake(RollQueue rolls, DeadLetters deadLetters, PollMetrics metrics, int maxReceives) {
    this.rolls = rolls;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.maxReceives = maxReceives;
  }

  /**
   * Takes one message in, or sorts it out. Never waits.
   *
   * @param receivedNanos when it was received, on the ticker's monotonic clock
   * @param room bytes it may take; one that needs more is left alone, to come again
   * @param poison gets what is to be buried
   * @return the bytes that are held for it from now on, at most {@code room}; 0 if it was not taken
   */
  long accept(ReceivedMessage message, long receivedNanos, long room, List<Poison> poison) {
    metrics.received(message);
    if (message.receiveCount() > maxReceives) {
      poison.add(new Poison(message, PoisonKind.RECEIVED_TOO_OFTEN, "received too often"));
      return 0;
    }
    Decoded decoded;
    try {
      decoded = MessageCodec.decode(message.body());
    } catch (UndecodableException e) {
      poison.add(new Poison(message, PoisonKind.UNDECODABLE, String.valueOf(e.getMessage())));
      return 0;
    }
    HeldBatch batch =
        new HeldBatch(decoded.header(), decoded.frame(), message.receiptHandle(), receivedNanos);
    return batch.heldBytes() <= room && rolls.add(batch) ? batch.heldBytes() : 0;
  }

  /** Moves a message that was sorted out; may take as long as the dead-letter queue lets it. */
  void bury(Poison poison) throws InterruptedException {
    deadLetters.move(poison);
  }
}
