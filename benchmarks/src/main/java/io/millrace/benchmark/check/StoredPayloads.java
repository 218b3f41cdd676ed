package io.millrace.benchmark.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Counts the lines in the objects of a bucket's folder, and ids that are there twice. Ids are
 * {@code <batch>-<n>}, so one bit a line is enough to remember them. One thread's own.
 */
public final class StoredPayloads {
  private static final byte[] ID = "{\"id\":\"".getBytes(ISO_8859_1);
  private static final int MAX_ID_BYTES = 128;
  private static final int BUFFER_BYTES = 256 << 10;

  private final Map<String, BitSet> seen = new HashMap<>();
  private final byte[] head = new byte[MAX_ID_BYTES];
  private int headLength;
  private long lines;
  private long twice;

  private StoredPayloads() {}

  /**
   * What lies in a bucket.
   *
   * @param lines in all objects
   * @param twice lines whose id was there before
   */
  public record Count(long lines, long twice) {
    /** Payloads, each counted once. */
    public long once() {
      return lines - twice;
    }
  }

  /**
   * Reads all data objects.
   *
   * @throws IOException if one can't be read, or a line has no id
   */
  public static Count count(Path bucket) throws IOException {
    StoredPayloads stored = new StoredPayloads();
    List<Path> files;
    try (Stream<Path> all = Files.walk(bucket)) {
      files = all.filter(StoredPayloads::isData).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream in = unpacked(file)) {
        stored.read(in);
      }
    }
    return new Count(stored.lines, stored.twice);
  }

  private static boolean isData(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".ndjson.zst") || name.endsWith(".ndjson.gz");
  }

  private static InputStream unpacked(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : new ZstdInputStream(raw);
  }

  private void read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          endLine();
        } else if (headLength < MAX_ID_BYTES) {
          head[headLength++] = buffer[i];
        }
      }
    }
  }

  private void endLine() throws IOException {
    int end = ID.length;
    int dash = -1;
    for (; end < headLength && head[end] != '"'; end++) {
      dash = head[end] == '-' ? end : dash;
    }
    if (dash < 0 || end == headLength) {
      throw new IOException("a line without id: " + new String(head, 0, headLength, ISO_8859_1));
    }
    String batch = new String(head, ID.length, dash - ID.length, ISO_8859_1);
    int number = Integer.parseInt(new String(head, dash + 1, end - dash - 1, ISO_8859_1));
    BitSet numbers = seen.computeIfAbsent(batch, b -> new BitSet());
    twice += numbers.get(number) ? 1 : 0;
    numbers.set(number);
    lines++;
    headLength = 0;
  }
}
