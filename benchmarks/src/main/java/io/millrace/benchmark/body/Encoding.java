package io.millrace.benchmark.body;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** How bodies are sent: the values of Content-Encoding, and as they are. */
public enum Encoding {
  NONE,
  GZIP,
  ZSTD;

  private static final int ZSTD_LEVEL = 3;

  /** As in headers and options. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  byte[] encode(byte[] body) {
    return switch (this) {
      case NONE -> body;
      case GZIP -> gzip(body);
      case ZSTD -> Zstd.compress(body, ZSTD_LEVEL);
    };
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
