package io.millrace.web.batch;

import java.time.Duration;

/**
 * When a batch closes.
 *
 * @param maxBytes of its lines, uncompressed
 * @param linger longest wait for further collections
 * @param checkpointAfter silence after which a checkpoint tells the last number
 */
public record PackerLimits(int maxBytes, Duration linger, Duration checkpointAfter) {
  public PackerLimits {
    if (maxBytes < 1 || linger.isNegative()) {
      throw new IllegalArgumentException("maxBytes " + maxBytes + ", linger " + linger);
    }
  }
}
