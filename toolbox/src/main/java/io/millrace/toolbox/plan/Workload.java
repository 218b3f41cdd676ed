package io.millrace.toolbox.plan;

/**
 * What comes.
 *
 * @param perSecond requests, more than 0
 * @param collectionBytes of a body
 * @param payloads of a collection
 * @param compression bytes of lines for each byte of frame, at least 1
 */
record Workload(double perSecond, int collectionBytes, int payloads, double compression) {
  /** Names, version of 5 and token of 32 characters around the payloads of a body. */
  static final int ENVELOPE_BYTES = 71;

  /** Id, time, names, and the same version and token, in each line but for the payload. */
  static final int LINE_OVERHEAD_BYTES = 159;

  /** Uncompressed lines of one collection. */
  double lineBytes() {
    return Math.max(payloads, collectionBytes - ENVELOPE_BYTES)
        + (double) payloads * LINE_OVERHEAD_BYTES;
  }

  /** Share of the frames, as they are stored. */
  double frameBytes() {
    return lineBytes() / compression;
  }
}
