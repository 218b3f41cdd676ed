package io.millrace.simulation;

import java.util.List;

/**
 * What lies in the store.
 *
 * @param bytes length of the data; in a manifest, of the data it announces
 * @param batches in the data, or announced
 */
record Blob(long bytes, List<String> batches) {
  /** Frames of no payload close a key. */
  static final Blob TOMBSTONE = new Blob(9, List.of());

  static final Blob CLAIM = new Blob(0, List.of());

  private static final long BATCH_BYTES = 100;

  Blob {
    batches = List.copyOf(batches);
  }

  /** The data of a roll. */
  static Blob of(List<String> batches) {
    return new Blob(BATCH_BYTES * batches.size(), batches);
  }

  boolean isTombstone() {
    return equals(TOMBSTONE);
  }

  @Override
  public String toString() {
    return isTombstone() ? "tombstone" : batches.isEmpty() ? "claim" : batches.toString();
  }
}
