package io.millrace.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.millrace.model.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the lines of a batch into one frame, at level 1 of either codec: telemetry is written
 * once and the web tier's CPU is what bounds it.
 *
 * <p>Holds native memory and a buffer that it uses again: one thread's own, closed by it.
 */
public final class FrameEncoder implements AutoCloseable {
  private static final int LEVEL = 1;

  private final Codec codec;
  private final @Nullable ZstdCompressCtx zstd;
  private byte[] buffer = new byte[0];

  public FrameEncoder(Codec codec) {
    this.codec = codec;
    this.zstd = codec == Codec.ZSTD ? zstd() : null;
  }

  /**
   * Compresses {@code lines[0, length)}; no bytes give the empty frame.
   *
   * @return the frame in this encoder's buffer, valid until the next call
   */
  public Frame encode(byte[] lines, int length) {
    if (length == 0) {
      byte[] empty = codec.emptyFrame();
      return new Frame(empty, empty.length);
    }
    return zstd != null ? zstd(zstd, lines, length) : gzip(lines, length);
  }

  private static ZstdCompressCtx zstd() {
    return new ZstdCompressCtx().setLevel(LEVEL).setChecksum(false).setContentSize(true);
  }

  private Frame zstd(ZstdCompressCtx context, byte[] lines, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (buffer.length < bound) {
      buffer = new byte[bound];
    }
    int size = context.compressByteArray(buffer, 0, buffer.length, lines, 0, length);
    return new Frame(buffer, size);
  }

  private static Frame gzip(byte[] lines, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    try (GZIPOutputStream gzip = new FastGzip(out)) {
      gzip.write(lines, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory", e);
    }
    byte[] frame = out.toByteArray();
    return new Frame(frame, frame.length);
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }

  /** The JDK's gzip at our level; its constructor leaves the default one. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
