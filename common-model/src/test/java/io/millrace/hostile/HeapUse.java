package io.millrace.hostile;

import java.lang.management.ManagementFactory;

/** How much of the heap is held, for tests that compare it with what was counted. */
public final class HeapUse {
  /**
   * The serial collector leaves some dead objects where they are, but at each fourth collection.
   */
  private static final int COLLECTIONS = 4;

  private HeapUse() {}

  /** Bytes that are left after full collections of garbage. */
  public static long heldBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
