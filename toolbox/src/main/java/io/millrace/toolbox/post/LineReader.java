package io.millrace.toolbox.post;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Cuts one input into lines, without holding more of it than a buffer. One thread's own. */
final class LineReader implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final String file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long line;

  /**
   * Reads from the stream's beginning.
   *
   * @param file the input's name in messages
   */
  LineReader(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /** The input's name. */
  String file() {
    return file;
  }

  /**
   * Adds the next line that isn't blank to a collection.
   *
   * @return false at the end of the input
   * @throws IOException if reading fails, or the line is too long; file and line are named
   */
  boolean next(CollectionBuffer target) throws IOException {
    while (readLine(target)) {
      if (target.endLine(line)) {
        return true;
      }
    }
    return false;
  }

  private boolean readLine(CollectionBuffer target) throws IOException {
    line++;
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      if (!target.append(buffer, position, end)) {
        throw new InputException(file, line, "the collection gets larger than 64 MiB");
      }
      boolean complete = end < limit;
      position = complete ? end + 1 : end;
      if (complete) {
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    try {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      return limit > 0;
    } catch (IOException unreadable) {
      throw new IOException(file + ":" + line + ": " + unreadable.getMessage(), unreadable);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
