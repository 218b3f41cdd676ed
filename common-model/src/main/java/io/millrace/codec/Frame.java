package io.millrace.codec;

import java.util.zip.CRC32C;

/**
 * Compressed lines as they travel and as they lie in the object.
 *
 * @param bytes the array that holds the frame from index 0 on; not to be changed
 * @param length of the frame in bytes, at most {@code bytes.length}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost the hot path
public record Frame(byte[] bytes, int length) {

  /** CRC-32C (RFC 3720, appendix B.4) of the frame as 8 lower-case hex digits. */
  public String crc32c() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return String.format("%08x", crc.getValue());
  }
}
