package io.millrace.web.batch;

import io.millrace.codec.MessageCodec;
import io.millrace.model.BatchId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The numbers of one writer's batches, from 1 without gaps, and what the headers are to tell of
 * them: which were abandoned, and below which one all have ended. Identity: numbers given = open +
 * sent + abandoned; abandoned = unnamed + named by a header under way + named by one that was sent.
 * What a header that was not sent has named is unnamed again, even if its answer was lost and the
 * queue has it: to be named twice does no harm.
 *
 * <p>Thread-safe. Keeps no number that was sent or has been named; batches under way are few, and
 * unnamed numbers are kept as ranges.
 */
public final class BatchNumbers {
  private final String writer;
  private final TreeSet<Long> open = new TreeSet<>();
  private final NumberRanges unnamed = new NumberRanges();

  /** Named by headers of batches that have not ended. */
  private final TreeSet<Long> beingNamed = new TreeSet<>();

  private long last;

  /** The highest {@code ended} of a header that was sent. */
  private long told;

  /**
   * What a header tells of its writer's other batches; the same on every try.
   *
   * @param ended see {@code MessageHeader.ended}; 1 to the batch's own number
   * @param abandoned numbers that this header names, rising
   */
  public record EndedNumbers(long ended, List<Long> abandoned) {}

  /**
   * @param writer this process's id
   */
  public BatchNumbers(String writer) {
    this.writer = writer;
  }

  /** Gives the next number; it is open until {@link #sent} or {@link #abandoned}. */
  synchronized BatchId next() {
    open.add(++last);
    return new BatchId(writer, last);
  }

  /** What the header of an open batch is to tell: of the unnamed numbers the lowest that fit. */
  public synchronized EndedNumbers name() {
    List<Long> abandoned = new ArrayList<>();
    while (!unnamed.isEmpty() && abandoned.size() < MessageCodec.MAX_ABANDONED) {
      abandoned.add(unnamed.removeFirst());
    }
    long ended = open.first(); // at most the batch's own
    if (!beingNamed.isEmpty()) {
      ended = Math.min(ended, beingNamed.first());
    }
    if (!unnamed.isEmpty()) {
      ended = Math.min(ended, unnamed.first());
    }
    beingNamed.addAll(abandoned);
    return new EndedNumbers(ended, abandoned);
  }

  /** The queue has taken the batch, and with it what its header tells. */
  public synchronized void sent(BatchId batch, EndedNumbers named) {
    end(batch, named);
    told = Math.max(told, named.ended());
  }

  /** The batch's collections are answered with an error; the queue may or may not have it. */
  public synchronized void abandoned(BatchId batch, EndedNumbers named) {
    end(batch, named);
    named.abandoned().forEach(unnamed::add);
    unnamed.add(batch.seq());
  }

  /** Whether a header that was sent tells that all numbers below the last one have ended. */
  synchronized boolean allTold() {
    return told == last;
  }

  private void end(BatchId batch, EndedNumbers named) {
    if (!open.remove(batch.seq())) {
      throw new IllegalStateException("batch " + batch + " has ended before, or is another's");
    }
    named.abandoned().forEach(beingNamed::remove);
  }
}
