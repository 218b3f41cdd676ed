package io.millrace.toolbox.post;

import io.millrace.toolbox.compressed.CompressedInput;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run, opened one after the other, as many times as they are repeated. One thread's
 * own, but for {@link #bytesRead}.
 */
final class InputFiles implements Closeable {
  /** The name of standard input. */
  static final String STDIN = "-";

  private final List<String> files;
  private final int repeat;
  private final InputStream stdin;
  private final AtomicLong bytesRead = new AtomicLong();
  private int opened;
  private @Nullable LineReader current;

  /**
   * Opens nothing yet.
   *
   * @param files paths, or {@link #STDIN}
   * @param repeat how many times all of them are read, at least 1
   */
  InputFiles(List<String> files, int repeat, InputStream stdin) {
    this.files = List.copyOf(files);
    this.repeat = repeat;
    this.stdin = stdin;
  }

  /** Closes the input before and opens the next one; null if there is no further. */
  @Nullable LineReader open() throws IOException {
    close();
    if (opened == (long) files.size() * repeat) {
      return null;
    }
    String file = files.get(opened % files.size());
    opened++;
    InputStream raw = file.equals(STDIN) ? stdin : Files.newInputStream(Path.of(file));
    current = new LineReader(file, CompressedInput.detected(new Counted(raw, bytesRead)));
    return current;
  }

  /** Whether the input that is open is read for the first time. */
  boolean isFirstPass() {
    return opened <= files.size();
  }

  /** Bytes read so far, as they lie in the files. Any thread may ask. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** Bytes that all inputs have together, repeats included; 0 if standard input is one. */
  long bytesTotal() throws IOException {
    long total = 0;
    for (String file : files) {
      if (file.equals(STDIN)) {
        return 0;
      }
      total += Files.size(Path.of(file));
    }
    return total * repeat;
  }

  @Override
  public void close() throws IOException {
    LineReader reader = current;
    current = null;
    if (reader != null) {
      reader.close();
    }
  }

  /** Counts what is read through it. */
  private static final class Counted extends FilterInputStream {
    private final AtomicLong count;

    Counted(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count.addAndGet(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count.addAndGet(Math.max(0, read));
      return read;
    }
  }
}
