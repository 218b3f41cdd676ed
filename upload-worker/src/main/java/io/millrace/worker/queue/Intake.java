package io.millrace.worker.queue;

import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.Decoded;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.queue.ReceivedMessage;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.process.RollQueue;

/**
 * Decides what becomes of a received message: into a roll, or to the dead letters.
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
   * Takes one message in.
   *
   * @return the bytes that are held for it from now on; 0 if it was sorted out
   */
  long accept(ReceivedMessage message) throws InterruptedException {
    metrics.received(message);
    if (message.receiveCount() > maxReceives) {
      deadLetters.move(message, PoisonKind.RECEIVED_TOO_OFTEN, "received too often");
      return 0;
    }
    Decoded decoded;
    try {
      decoded = MessageCodec.decode(message.body());
    } catch (UndecodableException e) {
      deadLetters.move(message, PoisonKind.UNDECODABLE, String.valueOf(e.getMessage()));
      return 0;
    }
    HeldBatch batch = new HeldBatch(decoded.header(), decoded.frame(), message.receiptHandle());
    return rolls.add(batch) ? batch.heldBytes() : 0;
  }
}
