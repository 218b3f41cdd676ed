package io.millrace.codec;

import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.Codec;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Goes through a frame from its first byte to its last: it has to be exactly one frame of its
 * codec, with nothing behind it, of the size that the message's header says. Frames lie one behind
 * the other in an object, and a reader stops at the first that is none.
 *
 * <p>Of zstd the headers of frame and blocks are read, not what is in the blocks, which would cost
 * about as much as decoding base64 does. So bytes that are no compressed data, within a block of
 * the right size, are not noticed. Deflate tells no sizes, so a gzip member is unpacked.
 *
 * <p>Stateless and thread-safe.
 */
public final class FrameWalk {
  /** RFC 8878, section 3.1.1. */
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  /** RFC 1952, section 2.3: deflate, no name, no comment, no extra field. */
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b, 8, 0};

  private static final int GZIP_HEADER_BYTES = 10;

  /** CRC-32 and size. */
  private static final int GZIP_TRAILER_BYTES = 8;

  /** RFC 8878, section 3.1.1.2.4: no block holds more. */
  private static final int ZSTD_MAX_BLOCK_BYTES = 128 * 1024;

  /** RFC 8878, section 3.1.1.1.2: what every reader has to take. */
  private static final long ZSTD_MAX_WINDOW_BYTES = 8 << 20;

  private static final int INFLATE_BYTES = 16 * 1024;

  private final byte[] bytes;
  private final int size;
  private int at;

  private FrameWalk(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /**
   * Checks a frame.
   *
   * @param frame whole array
   * @param size of the lines in it, in bytes, by the message's header
   * @throws UndecodableException naming the first thing that is wrong
   */
  public static void check(Codec codec, byte[] frame, int size) throws UndecodableException {
    if (frame.length == 0) {
      throw new UndecodableException("frame is empty");
    }
    FrameWalk walk = new FrameWalk(frame, size);
    switch (codec) {
      case ZSTD -> walk.zstd();
      case GZIP -> walk.gzip();
    }
  }

  private void zstd() throws UndecodableException {
    requireBegin(Codec.ZSTD, ZSTD_MAGIC);
    long window = zstdHeader();
    long blockMax = Math.min(window, ZSTD_MAX_BLOCK_BYTES);
    long least = 0;
    long most = 0;
    boolean last = false;
    while (!last) {
      int block = (int) littleEndian(3, "block");
      last = (block & 1) != 0;
      int type = (block >>> 1) & 3;
      int length = block >>> 3;
      if (type == 3 || length > blockMax) {
        throw new UndecodableException("frame has a block that zstd does not write");
      }
      boolean compressed = type == 2;
      least += compressed ? 0 : length;
      most += compressed ? blockMax : length;
      skip(type == 1 ? 1 : length);
    }
    if (at != bytes.length) {
      throw new UndecodableException("frame is followed by " + (bytes.length - at) + " bytes");
    }
    if (least > size || most < size) {
      throw new UndecodableException("frame's blocks can't hold the " + size + " bytes it tells");
    }
  }

  /** Reads the frame's header; returns the size of its window in bytes. */
  private long zstdHeader() throws UndecodableException {
    int descriptor = (int) littleEndian(1, "header");
    boolean single = (descriptor & 0x20) != 0;
    if ((descriptor & 0x1f & ~0x10) != 0) {
      throw new UndecodableException("frame has a dictionary, a checksum or a reserved bit");
    }
    long window = 0;
    if (!single) {
      int told = (int) littleEndian(1, "header");
      long base = 1L << (10 + (told >>> 3));
      window = base + base / 8 * (told & 7);
    }
    long content = contentSize(descriptor >>> 6, single);
    if (content != size) {
      throw new UndecodableException("frame holds " + content + " bytes, the header says " + size);
    }
    if (window > ZSTD_MAX_WINDOW_BYTES) {
      throw new UndecodableException("frame has a window of " + window + " bytes");
    }
    return single ? content : window;
  }

  private long contentSize(int flag, boolean single) throws UndecodableException {
    if (flag == 0 && !single) {
      throw new UndecodableException("frame does not tell the size of its content");
    }
    long told = littleEndian(1 << flag, "header");
    return flag == 1 ? told + 256 : told;
  }

  private void gzip() throws UndecodableException {
    requireBegin(Codec.GZIP, GZIP_MAGIC);
    int deflated = bytes.length - GZIP_HEADER_BYTES - GZIP_TRAILER_BYTES;
    if (deflated < 0) {
      throw new UndecodableException("frame ends within its header");
    }
    CRC32 crc = new CRC32();
    inflate(deflated, crc);
    at = bytes.length - GZIP_TRAILER_BYTES;
    if (littleEndian(4, "trailer") != crc.getValue() || littleEndian(4, "trailer") != size) {
      throw new UndecodableException("frame's trailer has another checksum or size");
    }
  }

  private void inflate(int deflated, CRC32 crc) throws UndecodableException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, GZIP_HEADER_BYTES, deflated);
      byte[] some = new byte[INFLATE_BYTES];
      while (!inflater.finished()) {
        int got = inflater.inflate(some);
        if (inflater.getBytesWritten() > size || (got == 0 && !inflater.finished())) {
          throw new UndecodableException(
              "frame holds other bytes than the " + size + " that the header says");
        }
        crc.update(some, 0, got);
      }
      if (inflater.getBytesRead() != deflated || inflater.getBytesWritten() != size) {
        throw new UndecodableException(
            "frame holds other bytes than the " + size + " that the header says");
      }
    } catch (DataFormatException e) {
      throw new UndecodableException("frame does not decompress");
    } finally {
      inflater.end();
    }
  }

  private void requireBegin(Codec codec, byte[] magic) throws UndecodableException {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || bytes[i] != magic[i]) {
        throw new UndecodableException("frame does not begin as " + codec.label() + " does");
      }
    }
    at = magic.length;
  }

  private long littleEndian(int length, String part) throws UndecodableException {
    if (bytes.length - at < length) {
      throw new UndecodableException("frame ends within its " + part);
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[at++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private void skip(int length) throws UndecodableException {
    if (bytes.length - at < length) {
      throw new UndecodableException("frame ends within a block");
    }
    at += length;
  }
}
