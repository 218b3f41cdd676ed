package io.millrace.model;

import java.util.Base64;

/**
 * How frames are compressed. Frames of one codec may be concatenated: zstd by RFC 8878, section 3,
 * gzip members by RFC 1952, section 2.2. An object holds one codec.
 */
public enum Codec {
  ZSTD("zstd", ".ndjson.zst", "application/zstd", "KLUv/SAAAQAA"),
  GZIP("gzip", ".ndjson.gz", "application/gzip", "H4sIAAAAAAAAAwMAAAAAAAAAAAA=");

  private final String label;
  private final String suffix;
  private final String mediaType;
  private final String emptyFrame;

  Codec(String label, String suffix, String mediaType, String emptyFrame) {
    this.label = label;
    this.suffix = suffix;
    this.mediaType = mediaType;
    this.emptyFrame = emptyFrame;
  }

  /** The name in message headers, manifests and settings: {@code zstd} or {@code gzip}. */
  public String label() {
    return label;
  }

  /** How the keys of data objects end: {@code .ndjson.zst} or {@code .ndjson.gz}. */
  public String suffix() {
    return suffix;
  }

  /**
   * The content type of data objects: {@code application/zstd} (RFC 8878) or {@code
   * application/gzip} (RFC 6713). No content encoding, so that no client unpacks them by itself.
   */
  public String mediaType() {
    return mediaType;
  }

  /** A new array with the frame of no bytes: 9 bytes of zstd, 20 of gzip. A tombstone holds it. */
  public byte[] emptyFrame() {
    return Base64.getDecoder().decode(emptyFrame);
  }

  /**
   * The codec of the data object with that key.
   *
   * @throws IllegalArgumentException if the key ends in the suffix of none
   */
  public static Codec ofKey(String dataKey) {
    for (Codec codec : values()) {
      if (dataKey.endsWith(codec.suffix)) {
        return codec;
      }
    }
    throw new IllegalArgumentException("key ends in no codec's suffix: " + dataKey);
  }

  /**
   * The codec of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Codec ofLabel(String label) {
    for (Codec codec : values()) {
      if (codec.label.equals(label)) {
        return codec;
      }
    }
    throw new IllegalArgumentException("codec is neither zstd nor gzip: " + label);
  }
}
