package io.millrace.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.Codec;
import java.io.IOException;

/**
 * Unpacks the frame of one batch, into no more bytes than it is said to hold.
 *
 * <p>Stateless and thread-safe.
 */
final class FrameDecoder {
  private FrameDecoder() {}

  /**
   * Unpacks a frame.
   *
   * @param bytes that it holds, by its header
   * @return exactly so many, in a new array
   * @throws UndecodableException if it is damaged, or holds another number of bytes
   */
  static byte[] unpack(Codec codec, Frame frame, int bytes) throws UndecodableException {
    return switch (codec) {
      case ZSTD -> zstd(frame, bytes);
      case GZIP -> gzip(frame, bytes);
    };
  }

  private static byte[] zstd(Frame frame, int bytes) throws UndecodableException {
    byte[] lines = new byte[bytes];
    try {
      long size = Zstd.decompressByteArray(lines, 0, bytes, frame.bytes(), 0, frame.length());
      requireSize(size, bytes);
      return lines;
    } catch (ZstdException e) {
      throw new UndecodableException("frame does not decompress: " + e.getMessage());
    }
  }

  private static byte[] gzip(Frame frame, int bytes) throws UndecodableException {
    try (GzipMembers in = GzipMembers.of(frame.bytes(), frame.length())) {
      byte[] lines = in.readNBytes(bytes);
      int more = in.read() < 0 ? 0 : 1;
      requireSize((long) lines.length + more, bytes);
      return lines;
    } catch (IOException e) {
      throw new UndecodableException("frame does not decompress: " + e.getMessage());
    }
  }

  private static void requireSize(long size, int bytes) throws UndecodableException {
    if (size != bytes) {
      throw new UndecodableException(
          "frame holds "
              + (size > bytes ? "more bytes" : size + " bytes")
              + ", the header says "
              + bytes);
    }
  }
}
