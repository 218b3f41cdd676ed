package io.millrace.toolbox.bucket;

import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import org.jspecify.annotations.Nullable;

/** Whether a manifest keeps to its own format. Stateless and thread-safe. */
public final class ManifestCheck {
  /** A frame came in a message, which SQS limits to this. */
  private static final int MAX_FRAME_BYTES = 1 << 20;

  private static final String CRC = "[0-9a-f]{8}";

  private ManifestCheck() {}

  /**
   * The first thing that is wrong.
   *
   * @param dataKey the key of the object that the manifest's own key announces
   * @return null if nothing is
   */
  public static @Nullable String fault(Manifest manifest, String dataKey) {
    if (!dataKey.equals(manifest.object())) {
      return "the manifest names another object, " + manifest.object();
    }
    Codec codec = Codec.ofKey(dataKey);
    if (!codec.label().equals(manifest.codec())) {
      return "the manifest's codec is " + manifest.codec() + ", its key's " + codec.label();
    }
    long offset = start(manifest, codec);
    for (Manifest.Entry entry : manifest.batches()) {
      String fault = fault(entry, offset);
      if (fault != null) {
        return "the manifest's entry of batch " + entry.batch() + ": " + fault;
      }
      offset += entry.length();
    }
    long rest = manifest.bytes() - offset;
    if (rest != 0 && rest != codec.emptyFrame().length) {
      return "the manifest's batches end at " + offset + " bytes of " + manifest.bytes();
    }
    return null;
  }

  /** Objects begin with an empty frame; those of the first workers did not. */
  private static long start(Manifest manifest, Codec codec) {
    boolean none = manifest.batches().isEmpty() || manifest.batches().get(0).offset() == 0;
    return none ? 0 : codec.emptyFrame().length;
  }

  private static @Nullable String fault(Manifest.Entry entry, long offset) {
    if (entry.offset() != offset || entry.length() < 1 || entry.length() > MAX_FRAME_BYTES) {
      return "offset " + entry.offset() + " and length " + entry.length() + " at " + offset;
    }
    if (entry.payloads() < 0 || entry.crc32c() == null || !entry.crc32c().matches(CRC)) {
      return "payloads " + entry.payloads() + ", crc32c " + entry.crc32c();
    }
    try {
      BatchId.parse(String.valueOf(entry.batch()));
      return null;
    } catch (IllegalArgumentException wrong) {
      return wrong.getMessage();
    }
  }
}
