package io.millrace.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip members (RFC 1952), at least one, and checks each from the first byte of its header
 * to the last of its trailer. {@link java.util.zip.GZIPInputStream} ends in silence where a further
 * member has a damaged header, where other bytes follow, or where the stream beneath has nothing
 * available yet.
 *
 * <p>Holds native memory; one thread's own, closed by it.
 */
public final class GzipMembers extends InputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  /** Of modification time, extra flags and operating system. */
  private static final int UNUSED_HEADER_BYTES = 6;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final InputStream in;
  private final byte[] buffer;
  private int at;
  private int end;
  private boolean inMember;
  private boolean first = true;

  private GzipMembers(InputStream in, byte[] buffer, int end) {
    this.in = in;
    this.buffer = buffer;
    this.end = end;
  }

  /** Unpacks what a stream holds, which {@link #close} closes; reads 64 KiB at a time. */
  public static GzipMembers of(InputStream in) {
    return new GzipMembers(in, new byte[BUFFER_BYTES], 0);
  }

  /** Unpacks {@code packed[0, length)}; the array is neither copied nor changed. */
  public static GzipMembers of(byte[] packed, int length) {
    // An array without room takes nothing from the stream that is never asked.
    return new GzipMembers(InputStream.nullInputStream(), packed, length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * Unpacks some bytes.
   *
   * @return how many, at least 1 unless {@code length} is 0; -1 at the end
   * @throws EOFException if there is no member, or the last is cut off
   * @throws ZipException if a member is damaged, or something else follows one
   */
  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || startMember()) {
      int count = inflate(to, from, length);
      if (count > 0) {
        crc.update(to, from, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    return -1;
  }

  private int inflate(byte[] to, int from, int length) throws IOException {
    try {
      if (inflater.needsInput() && !inflater.finished()) {
        requireMore();
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
      return inflater.inflate(to, from, length);
    } catch (DataFormatException damaged) {
      throw new ZipException("damaged gzip data: " + damaged.getMessage());
    }
  }

  private boolean startMember() throws IOException {
    if (!first && at == end && !fill()) {
      return false;
    }
    crc.reset();
    int magic = header() << 16 | header() << 8 | header();
    int flags = header();
    require(magic == 0x1f8b08 && (flags & RESERVED) == 0, "no gzip member where one should begin");
    skip(UNUSED_HEADER_BYTES);
    if ((flags & EXTRA) != 0) {
      skip(header() | header() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      long expected = crc.getValue() & 0xFFFF;
      require(littleEndian(2) == expected, "gzip header fails its checksum");
    }
    crc.reset();
    inflater.reset();
    inMember = true;
    first = false;
    return true;
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long checksum = littleEndian(4);
    long size = littleEndian(4);
    require(
        checksum == crc.getValue() && size == (inflater.getBytesWritten() & 0xFFFF_FFFFL),
        "gzip member fails its checksum");
    inMember = false;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      header();
    }
  }

  private void skipText() throws IOException {
    while (header() != 0) {
      // The text ends with a 0.
    }
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 8 * bytes; shift += 8) {
      value |= (long) next() << shift;
    }
    return value;
  }

  /** A byte of the header, which has a checksum of its own. */
  private int header() throws IOException {
    int value = next();
    crc.update(value);
    return value;
  }

  private int next() throws IOException {
    requireMore();
    return buffer[at++] & 0xFF;
  }

  private void requireMore() throws IOException {
    if (at == end && !fill()) {
      throw new EOFException(first ? "no gzip data" : "gzip data is cut off");
    }
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    if (count <= 0) {
      return false;
    }
    at = 0;
    end = count;
    return true;
  }

  private static void require(boolean holds, String otherwise) throws ZipException {
    if (!holds) {
      throw new ZipException(otherwise);
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
