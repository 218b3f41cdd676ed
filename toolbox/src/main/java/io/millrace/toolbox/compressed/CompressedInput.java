package io.millrace.toolbox.compressed;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.millrace.codec.GzipMembers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Opens what may be compressed. The streams returned fail on data that is cut off or damaged, close
 * the one beneath them, and are one thread's own.
 */
public final class CompressedInput {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAGIC_BYTES = 4;

  private CompressedInput() {}

  /** Unpacks zstd frames (RFC 8878), any number, empty and skippable ones included. */
  public static InputStream zstd(InputStream in) throws IOException {
    return new ZstdInputStreamNoFinalizer(in, RecyclingBufferPool.INSTANCE);
  }

  /** Unpacks gzip members (RFC 1952), at least one, empty ones included. */
  public static InputStream gzip(InputStream in) {
    return GzipMembers.of(in);
  }

  /** Unpacks zstd or gzip if the first bytes say so; anything else is returned as it is. */
  public static InputStream detected(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    buffered.mark(MAGIC_BYTES);
    byte[] magic = buffered.readNBytes(MAGIC_BYTES);
    buffered.reset();
    if (isZstd(magic)) {
      return zstd(buffered);
    }
    return isGzip(magic) ? gzip(buffered) : buffered;
  }

  private static boolean isGzip(byte[] magic) {
    return magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
  }

  private static boolean isZstd(byte[] magic) {
    if (magic.length < MAGIC_BYTES) {
      return false;
    }
    boolean frame = magic[0] == 0x28 && magic[1] == (byte) 0xb5 && magic[2] == 0x2f;
    boolean skippable = (magic[0] & 0xf0) == 0x50 && magic[1] == 0x2a && magic[2] == 0x4d;
    return (frame && magic[3] == (byte) 0xfd) || (skippable && magic[3] == 0x18);
  }
}
