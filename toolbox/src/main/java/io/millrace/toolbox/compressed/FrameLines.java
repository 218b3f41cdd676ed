package io.millrace.toolbox.compressed;

import io.millrace.model.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Unpacks the frame of one batch. Stateless and thread-safe. */
public final class FrameLines {
  /** Far above what fits a message of 1 MiB, which a batch does even if it doesn't compress. */
  private static final int MAX_BYTES = 16 << 20;

  private FrameLines() {}

  /**
   * The lines of a frame, without their line ends.
   *
   * @param codec what it is packed with
   * @param frame all of it
   * @throws IOException if it is damaged, or larger than any batch
   */
  public static List<byte[]> of(Codec codec, byte[] frame) throws IOException {
    byte[] unpacked;
    try (InputStream in = open(codec, new ByteArrayInputStream(frame))) {
      unpacked = in.readNBytes(MAX_BYTES + 1);
    }
    if (unpacked.length > MAX_BYTES) {
      throw new IOException("frame holds more than " + MAX_BYTES + " bytes, no batch does");
    }
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < unpacked.length; at++) {
      if (unpacked[at] == '\n') {
        lines.add(Arrays.copyOfRange(unpacked, start, at));
        start = at + 1;
      }
    }
    if (start < unpacked.length) {
      lines.add(Arrays.copyOfRange(unpacked, start, unpacked.length));
    }
    return lines;
  }

  private static InputStream open(Codec codec, InputStream frame) throws IOException {
    return switch (codec) {
      case ZSTD -> CompressedInput.zstd(frame);
      case GZIP -> CompressedInput.gzip(frame);
    };
  }
}
