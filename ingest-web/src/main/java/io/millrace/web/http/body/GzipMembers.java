package io.millrace.web.http.body;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip members (RFC 1952) that lie in an array, and refuses anything behind them; the JDK's
 * stream passes over that in silence.
 *
 * <p>Holds native memory; one thread's own, closed by it.
 */
final class GzipMembers implements AutoCloseable {
  private static final int FIXED_HEADER_BYTES = 10;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed;
  private final int end;
  private int at;
  private boolean inMember;

  GzipMembers(Body packed) {
    this.packed = packed.bytes();
    this.end = packed.length();
  }

  /**
   * Unpacks some bytes.
   *
   * @param length at least 1
   * @return how many, at least 1; -1 at the end
   * @throws DataFormatException if this is no gzip, or is cut off
   */
  int read(byte[] to, int from, int length) throws DataFormatException {
    while (inMember || at == 0 || at < end) {
      if (!inMember) {
        startMember();
      }
      int count = inflater.inflate(to, from, length);
      if (count > 0) {
        crc.update(to, from, count);
        return count;
      }
      if (!inflater.finished()) {
        throw new DataFormatException("cut off");
      }
      endMember();
    }
    return -1;
  }

  private void startMember() throws DataFormatException {
    int start = at;
    require(end - at >= FIXED_HEADER_BYTES && next() == 0x1f && next() == 0x8b && next() == 8);
    int flags = next();
    require((flags & RESERVED) == 0);
    at = start + FIXED_HEADER_BYTES;
    if ((flags & EXTRA) != 0) {
      at += (int) littleEndian(2);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      require(at <= end);
      crc.reset();
      crc.update(packed, start, at - start);
      require(littleEndian(2) == (crc.getValue() & 0xFFFF));
    }
    require(at <= end);
    crc.reset();
    inflater.reset();
    inflater.setInput(packed, at, end - at);
    inMember = true;
  }

  private void endMember() throws DataFormatException {
    at = end - inflater.getRemaining();
    require(littleEndian(4) == crc.getValue());
    require(littleEndian(4) == (inflater.getBytesWritten() & 0xFFFF_FFFFL));
    inMember = false;
  }

  private void skipText() throws DataFormatException {
    while (next() != 0) {
      // The text ends with a 0.
    }
  }

  private long littleEndian(int bytes) throws DataFormatException {
    long value = 0;
    for (int shift = 0; shift < 8 * bytes; shift += 8) {
      value |= (long) next() << shift;
    }
    return value;
  }

  private int next() throws DataFormatException {
    require(at < end);
    return packed[at++] & 0xFF;
  }

  private static void require(boolean holds) throws DataFormatException {
    if (!holds) {
      throw new DataFormatException("no gzip member");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
