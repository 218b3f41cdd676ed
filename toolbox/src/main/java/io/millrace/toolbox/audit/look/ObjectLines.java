package io.millrace.toolbox.audit.look;

import io.millrace.model.Codec;
import io.millrace.toolbox.audit.judge.StoredLine;
import io.millrace.toolbox.compressed.CompressedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Takes compressed bytes apart into lines. Stateless and thread-safe. */
final class ObjectLines {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** A payload fits a message of 1 MiB; whatever is longer by far is none of ours. */
  private static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

  private ObjectLines() {}

  /** Is shown lines one by one. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A line without its line feed; valid until this returns.
     *
     * @throws IOException ends the visit
     */
    void line(StoredLine line) throws IOException;
  }

  /**
   * Shows the lines of a frame.
   *
   * @throws IOException if it can't be unpacked, or from the visitor
   */
  static void ofFrame(Codec codec, byte[] frame, Visitor visitor) throws IOException {
    ofStream(codec, new ByteArrayInputStream(frame), visitor);
  }

  /**
   * Shows the lines of an object, which is read to its end and closed.
   *
   * @throws IOException if it can't be unpacked, or from the visitor
   */
  static void ofStream(Codec codec, InputStream packed, Visitor visitor) throws IOException {
    InputStream in =
        codec == Codec.ZSTD ? CompressedInput.zstd(packed) : CompressedInput.gzip(packed);
    try (in) {
      split(in, visitor);
    }
  }

  private static void split(InputStream in, Visitor visitor) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int filled = 0;
    int read = in.read(buffer);
    while (read >= 0) {
      int end = filled + read;
      int start = 0;
      for (int at = filled; at < end; at++) {
        if (buffer[at] == '\n') {
          visitor.line(new StoredLine(buffer, start, at));
          start = at + 1;
        }
      }
      filled = end - start;
      System.arraycopy(buffer, start, buffer, 0, filled);
      buffer = filled == buffer.length ? larger(buffer) : buffer;
      read = in.read(buffer, filled, buffer.length - filled);
    }
    if (filled > 0) {
      throw new IOException("the last line has no line feed");
    }
  }

  private static byte[] larger(byte[] buffer) throws IOException {
    if (buffer.length >= MAX_LINE_BYTES) {
      throw new IOException("a line is longer than " + MAX_LINE_BYTES + " bytes");
    }
    return Arrays.copyOf(buffer, buffer.length * 2);
  }
}
