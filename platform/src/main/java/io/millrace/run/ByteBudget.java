package io.millrace.run;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that a tier may hold, given out before they come in. Whoever finds no room is told so at
 * once ({@link #tryReserve}, for who can refuse), or waits ({@link #reserve}, for who can't).
 * Identity: reserved = sum of all reservations not yet released, 0 to the limit.
 *
 * <p>Thread-safe. Waiters are in no order.
 */
public final class ByteBudget {
  private final long limit;
  private final AtomicLong reserved = new AtomicLong();

  /** Guards {@link #waiters}, and is what they wait on. */
  private final Object room = new Object();

  private volatile int waiters;

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

  /**
   * Waits until there is room, and reserves.
   *
   * @param bytes 0 to the limit
   * @throws InterruptedException if interrupted while waiting; nothing was reserved then
   */
  public void reserve(long bytes) throws InterruptedException {
    if (bytes > limit) {
      throw new IllegalArgumentException(bytes + " bytes can't be reserved of " + limit);
    }
    if (tryReserve(bytes)) {
      return;
    }
    synchronized (room) {
      waiters++; // before the next look, so that who releases after it sees that one waits
      try {
        while (!tryReserve(bytes)) {
          room.wait();
        }
      } finally {
        waiters--;
      }
    }
  }

  private boolean tryReserve(long bytes, long most) {
    long before = reserved.get();
    while (bytes <= most - before) {
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
   * @param bytes 0 or more, reserved before and not yet released
   * @throws IllegalStateException if so many are not reserved: they were given back twice; nothing
   *     has changed then
   */
  public void release(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes can't be released");
    }
    long before = reserved.get();
    while (true) {
      if (bytes > before) {
        throw new IllegalStateException(
            bytes + " bytes can't be released, only " + before + " are reserved");
      }
      long witness = reserved.compareAndExchange(before, before - bytes);
      if (witness == before) {
        break;
      }
      before = witness;
    }
    if (waiters > 0) {
      synchronized (room) {
        room.notifyAll();
      }
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
