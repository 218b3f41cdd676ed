package io.millrace.web.http;

import io.millrace.web.batch.ByteBudget;

/**
 * What one request holds of the byte budget while its body is read; closing gives it back.
 *
 * <p>Not thread-safe; belongs to the request's thread.
 */
final class Reservation implements AutoCloseable {
  private final ByteBudget budget;
  private long bytes;

  Reservation(ByteBudget budget) {
    this.budget = budget;
  }

  /** Reserves more, or refuses the request. */
  void add(long more) throws ProblemException {
    if (!budget.tryReserve(more)) {
      throw overloaded();
    }
    bytes += more;
  }

  /** Whether what is held and {@code more} would fit an empty budget. */
  boolean couldAdd(long more) {
    return bytes + more <= budget.limit();
  }

  /** What a request gets that finds no room. */
  static ProblemException overloaded() {
    return new ProblemException(
        ProblemType.OVERLOADED, "the bytes under way have reached their limit; try again later");
  }

  @Override
  public void close() {
    budget.release(bytes);
    bytes = 0;
  }
}
