package io.millrace.toolbox.compressed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks concatenated gzip members and checks each to its last byte. {@link
 * java.util.zip.GZIPInputStream} ends without a word where a further member has a damaged header or
 * where the stream beneath has nothing available yet.
 */
final class GzipMembers extends InputStream {
  private static final int FIXED_HEADER_BYTES = 10;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean inMember;
  private boolean first = true;

  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        crc.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      if (inflater.needsInput() && !inflater.finished()) {
        need();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
      }
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException damaged) {
      throw new ZipException("damaged gzip data: " + damaged.getMessage());
    }
  }

  private boolean beginMember() throws IOException {
    if (position == limit && !fill()) {
      if (first) {
        throw new EOFException("no gzip data");
      }
      return false;
    }
    byte[] header = new byte[FIXED_HEADER_BYTES];
    for (int i = 0; i < header.length; i++) {
      header[i] = (byte) next();
    }
    if (header[0] != 0x1f || header[1] != (byte) 0x8b || header[2] != 8) {
      throw new ZipException("no gzip member where one should begin");
    }
    skipOptional(header[3]);
    inflater.reset();
    crc.reset();
    inMember = true;
    first = false;
    return true;
  }

  private void skipOptional(int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long checksum = nextInt();
    long size = nextInt();
    if (checksum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("gzip member fails its checksum");
    }
    inMember = false;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int read = next();
    while (read != 0) {
      read = next();
    }
  }

  private long nextInt() throws IOException {
    long low = next() | next() << 8;
    long high = next() | next() << 8;
    return low | high << 16;
  }

  private int next() throws IOException {
    need();
    return buffer[position++] & 0xff;
  }

  private void need() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("gzip data is cut off");
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
