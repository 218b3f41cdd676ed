package io.millrace.worker.upload;

import io.millrace.model.Manifest;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * How long an object may be, as far as the store has shown by refusing one for its length. Half of
 * that is the limit then, so that the next roll need not be refused too; after {@value #PROOFS}
 * objects it doubles, in case what refused them is gone.
 *
 * <p>Thread-safe.
 */
final class SizeLimit {
  private static final int PROOFS = 100;
  private static final long NONE = 1L << 40;

  private long bytes = NONE;
  private int stored;

  /** An object of that length was refused. */
  synchronized void refused(long length) {
    bytes = Math.min(bytes, Math.max(1, length / 2));
    stored = 0;
  }

  /** An object was stored. */
  synchronized void stored() {
    if (bytes < NONE && ++stored == PROOFS) {
      bytes *= 2;
      stored = 0;
    }
  }

  private synchronized long bytes() {
    return bytes;
  }

  /** The roll in parts within the limit, as far as single batches are, and within a manifest's. */
  List<ClosedRoll> parts(ClosedRoll roll) {
    return parts(roll, bytes());
  }

  /** At least two parts of a roll of several batches, about half as long each. */
  static List<ClosedRoll> halves(ClosedRoll roll) {
    long length = roll.batches().stream().mapToLong(batch -> batch.frame().length()).sum();
    return parts(roll, Math.max(1, length / 2));
  }

  private static List<ClosedRoll> parts(ClosedRoll roll, long limit) {
    List<ClosedRoll> parts = new ArrayList<>(1);
    List<HeldBatch> part = new ArrayList<>();
    long length = 0;
    long abandoned = 0;
    for (HeldBatch batch : roll.batches()) {
      length += batch.frame().length();
      abandoned += batch.header().abandoned().size();
      boolean isFull =
          length > limit
              || part.size() == Manifest.MAX_BATCHES
              || abandoned > Manifest.MAX_ABANDONED;
      if (isFull && !part.isEmpty()) {
        parts.add(part(roll, part));
        part.clear();
        length = batch.frame().length();
        abandoned = batch.header().abandoned().size();
      }
      part.add(batch);
    }
    parts.add(part(roll, part));
    return parts;
  }

  private static ClosedRoll part(ClosedRoll roll, List<HeldBatch> batches) {
    return new ClosedRoll(roll.key(), batches, roll.cause(), roll.closedMs());
  }
}
