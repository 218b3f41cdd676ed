package io.millrace.worker.suspect;

import io.millrace.object.ObjectInfo;
import io.millrace.worker.store.StoreCalls;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A manifest's bytes, got in parts as they are asked for: each part is one call, with that call's
 * deadline, and no more than one is held.
 *
 * <p>Not thread-safe.
 */
final class ManifestStream extends InputStream {
  /** Most bytes of a part: nearly every manifest is one. */
  static final int PART_BYTES = 1 << 20;

  private static final byte[] NONE = new byte[0];

  private final StoreCalls calls;
  private final ObjectInfo info;
  private byte[] part = NONE;
  private int at;
  private long got;

  /** Nothing lies at the key any more, or less than was listed. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The thread was told to stop. */
  static final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final InterruptedException interrupted;

    private StoppedException(InterruptedException interrupted) {
      super(interrupted);
      this.interrupted = interrupted;
    }

    InterruptedException interrupted() {
      return interrupted;
    }
  }

  /**
   * @param info as it was listed
   */
  ManifestStream(StoreCalls calls, ObjectInfo info) {
    this.calls = calls;
    this.info = info;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? part[at++] & 255 : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() throws IOException {
    if (at < part.length) {
      return true;
    }
    if (got == info.size()) {
      return false;
    }
    int length = (int) Math.min(PART_BYTES, info.size() - got);
    part = NONE; // not held while the next one is got
    at = 0;
    Optional<byte[]> next;
    try {
      next = calls.part(info.key(), got, length);
    } catch (InterruptedException e) {
      throw new StoppedException(e);
    }
    part = next.orElseThrow(GoneException::new);
    got += length;
    return true;
  }
}
