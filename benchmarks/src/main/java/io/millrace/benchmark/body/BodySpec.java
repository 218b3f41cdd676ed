package io.millrace.benchmark.body;

/**
 * What collections look like.
 *
 * @param count how many different ones
 * @param bytes of one before compression, about
 * @param payloads in one, at least 1
 * @param encoding how they are sent
 * @param seed the same seed makes the same collections
 */
public record BodySpec(int count, int bytes, int payloads, Encoding encoding, long seed) {
  /** Bytes that all collections of a run may have together, for memory. */
  static final long MAX_TOTAL_BYTES = 64 << 20;

  /** The same, sent in another way. */
  public BodySpec encoded(Encoding other) {
    return new BodySpec(count, bytes, payloads, other, seed);
  }

  /** As many collections as asked for, or fewer if they would take too much memory. */
  int boundedCount() {
    return (int) Math.max(1, Math.min(count, MAX_TOTAL_BYTES / bytes));
  }
}
