package io.millrace.worker.roll;

/**
 * Bytes that may be held, given out before they come in: capacity = free + reserved.
 *
 * <p>Thread-safe.
 */
public final class ByteBudget {
  private final long capacity;
  private long free;

  public ByteBudget(long capacity) {
    this.capacity = capacity;
    this.free = capacity;
  }

  /**
   * Waits until so many bytes are free and takes them.
   *
   * @param bytes 0 to the capacity
   */
  synchronized void reserve(long bytes) throws InterruptedException {
    if (bytes > capacity) {
      throw new IllegalArgumentException(bytes + " bytes can't be reserved of " + capacity);
    }
    while (free < bytes) {
      wait();
    }
    free -= bytes;
  }

  /**
   * Gives bytes back that {@link #reserve} took.
   *
   * @param bytes 0 or more
   * @throws IllegalStateException if so many are not reserved: they were given back twice
   */
  synchronized void release(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes can't be released");
    }
    if (bytes > capacity - free) {
      throw new IllegalStateException(
          bytes + " bytes can't be released, only " + (capacity - free) + " are reserved");
    }
    free += bytes;
    notifyAll();
  }

  /** All bytes, given out or not. */
  public long capacity() {
    return capacity;
  }

  /** Bytes given out now. */
  public synchronized long reserved() {
    return capacity - free;
  }
}
