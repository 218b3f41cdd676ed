package io.millrace.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The NDJSON line of one payload: {@code
 * {"id":"<batch>-<n>","key":"…","received_at":"…","version":…,"token":…,"payload":…}} and a line
 * feed; {@code key} only if the client sent one. What is equal in all lines of a collection is made
 * once, by {@link #middle}; {@link #write} is copies of bytes. {@link LineParts} takes it apart.
 *
 * <p>Stateless and thread-safe.
 */
public final class Line {
  static final byte[] ID = "{\"id\":\"".getBytes(ISO_8859_1);
  static final byte[] KEY = "\",\"key\":\"".getBytes(ISO_8859_1);
  static final byte[] RECEIVED_AT = "\",\"received_at\":\"".getBytes(ISO_8859_1);
  static final byte[] VERSION = "\",\"version\":".getBytes(ISO_8859_1);
  static final byte[] TOKEN = ",\"token\":".getBytes(ISO_8859_1);
  static final byte[] PAYLOAD = ",\"payload\":".getBytes(ISO_8859_1);

  /** Digits of the largest payload number, so that a bound holds before the number is known. */
  private static final int MAX_NUMBER_DIGITS = 10;

  private Line() {}

  /**
   * A run of bytes in an array that the caller keeps unchanged.
   *
   * @param array the bytes
   * @param start index of the first
   * @param length how many, at least 0
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost the hot path
  public record Slice(byte[] array, int start, int length) {}

  /**
   * The bytes between the id and the payload.
   *
   * @param key the escaped Idempotency-Key, ASCII without quotes around it, or empty for none
   * @param receivedAt ISO 8601 with milliseconds and Z, ASCII
   * @param version the JSON string literal with its quotes, valid UTF-8 and without line ends
   * @param token likewise
   */
  public static byte[] middle(String key, String receivedAt, Slice version, Slice token) {
    int keyLength = key.isEmpty() ? 0 : KEY.length + key.length();
    int length =
        keyLength
            + (RECEIVED_AT.length + receivedAt.length())
            + (VERSION.length + version.length)
            + (TOKEN.length + token.length)
            + PAYLOAD.length;
    byte[] to = new byte[length];
    int at = 0;
    if (!key.isEmpty()) {
      at = put(KEY, to, at);
      at = put(key.getBytes(ISO_8859_1), to, at);
    }
    at = put(RECEIVED_AT, to, at);
    at = put(receivedAt.getBytes(ISO_8859_1), to, at);
    at = put(VERSION, to, at);
    at = put(version, to, at);
    at = put(TOKEN, to, at);
    at = put(token, to, at);
    put(PAYLOAD, to, at);
    return to;
  }

  /**
   * Most bytes that a line can take, whatever the payload's number.
   *
   * @param batchLength characters of the batch id
   */
  public static int maxLength(int batchLength, byte[] middle, int payloadLength) {
    return ID.length + batchLength + 1 + MAX_NUMBER_DIGITS + middle.length + payloadLength + 2;
  }

  /**
   * Writes one line.
   *
   * @param batch the batch id, ASCII
   * @param number the payload's number in the batch, from 0
   * @param to has room for {@link #maxLength} bytes from {@code at} on
   * @return the index behind the line feed
   */
  public static int write(
      byte[] batch, int number, byte[] middle, Slice payload, byte[] to, int at) {
    int end = put(ID, to, at);
    end = put(batch, to, end);
    to[end++] = '-';
    end = putNumber(number, to, end);
    end = put(middle, to, end);
    end = put(payload, to, end);
    to[end++] = '}';
    to[end++] = '\n';
    return end;
  }

  private static int put(byte[] from, byte[] to, int at) {
    System.arraycopy(from, 0, to, at, from.length);
    return at + from.length;
  }

  private static int put(Slice from, byte[] to, int at) {
    System.arraycopy(from.array, from.start, to, at, from.length);
    return at + from.length;
  }

  private static int putNumber(int number, byte[] to, int at) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }
}
