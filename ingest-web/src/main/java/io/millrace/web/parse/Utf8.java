package io.millrace.web.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. Needed beside
 * Jackson, which lets some of these pass, in strings that it skips most of all.
 *
 * <p>Stateless and thread-safe.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int CHUNK_CHARACTERS = 1024;

  private Utf8() {}

  /**
   * Looks for the first byte that is not UTF-8.
   *
   * @return its index in {@code bytes}, or -1 if {@code bytes[0, length)} is UTF-8
   */
  static int firstInvalid(byte[] bytes, int length) {
    int ascii = asciiPrefix(bytes, length);
    return ascii == length ? -1 : firstUndecodable(bytes, ascii, length);
  }

  private static int asciiPrefix(byte[] bytes, int length) {
    int at = 0;
    while (at + Long.BYTES <= length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < length && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  private static int firstUndecodable(byte[] bytes, int from, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length - from);
    CharBuffer out = CharBuffer.allocate(CHUNK_CHARACTERS);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    return result.isError() ? in.position() : -1;
  }
}
