package io.millrace.object;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of an object in parts, so that frames become an object without being copied together.
 *
 * @param parts written one behind the other; never changed
 * @param length of all parts in bytes
 */
public record Content(List<byte[]> parts, long length) {
  public Content {
    parts = List.copyOf(parts);
  }

  /** Content of the given parts. */
  public static Content of(List<byte[]> parts) {
    return new Content(parts, parts.stream().mapToLong(part -> part.length).sum());
  }

  /** Content of one part. */
  public static Content of(byte[] bytes) {
    return new Content(List.of(bytes), bytes.length);
  }

  /** A new stream over all parts from the start. */
  public InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(parts.stream().map(ByteArrayInputStream::new).toList()));
  }
}
