package io.millrace.toolbox.cat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Copies whole lines in large pieces: where an object turns out to be damaged, the part of a line
 * before that place is kept back. One thread's own.
 */
final class LineCopier {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final OutputStream out;

  /** Copies to the given stream, which is neither flushed nor closed. */
  LineCopier(OutputStream out) {
    this.out = out;
  }

  /**
   * Copies to the end; a last line without its line end gets one.
   *
   * @throws UnreadableException if reading fails
   * @throws IOException if writing fails
   */
  void copy(InputStream in) throws UnreadableException, IOException {
    int held = 0;
    int count = read(in, 0);
    while (count >= 0) {
      held = writeLines(held + count);
      count = read(in, held);
    }
    if (held > 0) {
      out.write(buffer, 0, held);
      out.write('\n');
    }
  }

  /** Writes the lines that are whole; returns how many bytes of a further one are left in front. */
  private int writeLines(int filled) throws IOException {
    int end = filled;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    if (end == 0 && filled == buffer.length) {
      end = filled;
    }
    out.write(buffer, 0, end);
    System.arraycopy(buffer, end, buffer, 0, filled - end);
    return filled - end;
  }

  private int read(InputStream in, int offset) throws UnreadableException {
    try {
      return in.read(buffer, offset, buffer.length - offset);
    } catch (IOException | RuntimeException unreadable) {
      throw new UnreadableException(unreadable);
    }
  }
}
