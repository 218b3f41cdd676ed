package io.millrace.web.batch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The one bound on what the tier holds: bodies, lines, frames and messages. Never blocks; whoever
 * gets nothing answers 503. Identity: reserved = sum of all reservations not yet released.
 *
 * <p>Thread-safe.
 */
public final class ByteBudget {
  private final long limit;
  private final AtomicLong reserved = new AtomicLong();

  /**
   * @param limit in bytes, more than 0
   */
  public ByteBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Reserves if there is room.
   *
   * @param bytes at least 0
   * @return whether it was reserved; if not, nothing was
   */
  public boolean tryReserve(long bytes) {
    return tryReserve(bytes, limit);
  }

  /**
   * As {@link #tryReserve}, but leaves a quarter of the budget to small and complete collections:
   * for what is large, or has not come as a whole, so that it never stands in their way.
   */
  public boolean tryReserveBulk(long bytes) {
    return tryReserve(bytes, bulkLimit());
  }

  private boolean tryReserve(long bytes, long limit) {
    long before = reserved.get();
    while (bytes <= limit - before) {
      long witness = reserved.compareAndExchange(before, before + bytes);
      if (witness == before) {
        return true;
      }
      before = witness;
    }
    return false;
  }

  /**
   * Gives back.
   *
   * @param bytes reserved before and not yet released
   * @throws IllegalStateException if more is given back than was reserved
   */
  public void release(long bytes) {
    if (reserved.addAndGet(-bytes) < 0) {
      throw new IllegalStateException("more bytes released than reserved");
    }
  }

  /** Bytes reserved now. */
  public long reserved() {
    return reserved.get();
  }

  /** What {@link #tryReserveBulk} goes up to, in bytes. */
  public long bulkLimit() {
    return limit - limit / 4;
  }

  /** The limit in bytes. */
  public long limit() {
    return limit;
  }
}
