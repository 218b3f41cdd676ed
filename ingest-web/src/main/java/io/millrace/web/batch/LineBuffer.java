package io.millrace.web.batch;

import java.util.Arrays;

/**
 * Bytes of lines, growing up to a limit.
 *
 * <p>Not thread-safe.
 */
final class LineBuffer {
  private static final int FIRST_BYTES = 1 << 16;

  private final int maxBytes;
  private byte[] bytes;
  private int length;

  LineBuffer(int maxBytes) {
    this.maxBytes = maxBytes;
    this.bytes = new byte[Math.min(FIRST_BYTES, maxBytes)];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int maxBytes() {
    return maxBytes;
  }

  /** Makes room for {@code more} bytes behind {@link #length}. */
  void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > maxBytes) {
      throw new IllegalStateException("lines of " + needed + " bytes, limit " + maxBytes);
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(needed, 2 * bytes.length)));
    }
  }

  void length(int newLength) {
    length = newLength;
  }

  void clear() {
    length = 0;
  }
}
