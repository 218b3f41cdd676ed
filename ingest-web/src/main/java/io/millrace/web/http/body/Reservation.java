package io.millrace.web.http.body;

import io.millrace.run.ByteBudget;
import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.answer.ProblemType;

/**
 * What one request holds of the byte budget while its body is read; closing gives it back. A small
 * body that is there as a whole may use all of the budget, any other only what {@link ByteBudget}
 * leaves to the large and the slow.
 *
 * <p>Not thread-safe; belongs to the request's thread.
 */
public final class Reservation implements AutoCloseable {
  /** What a body of 64 KiB may take in one step: unpacked, or as lines. */
  static final long SMALL_BYTES = 256 << 10;

  private final ByteBudget budget;
  private long bytes;
  private boolean whole;

  public Reservation(ByteBudget budget) {
    this.budget = budget;
  }

  /** From now on small amounts may use all of the budget: no byte of the body is missing. */
  public void whole() {
    whole = true;
  }

  /** Reserves more, or refuses the request. */
  public void add(long more) throws ProblemException {
    if (!tryReserve(more)) {
      throw overloaded();
    }
    bytes += more;
  }

  /** Gives back a part of what {@link #add} reserved. */
  void giveBack(long less) {
    if (less > 0) {
      budget.release(less);
      bytes -= less;
    }
  }

  /** Reserves for what comes out of the body; it is not held here, and whoever takes it ends it. */
  public boolean tryReserve(long more) {
    return isSmall(more) ? budget.tryReserve(more) : budget.tryReserveBulk(more);
  }

  /** Whether what is held and {@code more} would fit an empty budget. */
  public boolean couldAdd(long more) {
    return bytes + more <= (isSmall(more) ? budget.limit() : budget.bulkLimit());
  }

  /** What a request gets that finds no room. */
  public static ProblemException overloaded() {
    return new ProblemException(
        ProblemType.OVERLOADED, "the bytes under way have reached their limit; try again later");
  }

  private boolean isSmall(long more) {
    return whole && more <= SMALL_BYTES;
  }

  @Override
  public void close() {
    budget.release(bytes);
    bytes = 0;
  }
}
