package io.millrace.toolbox.audit.judge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * One line as it is stored, without its line feed; see {@link io.millrace.codec.Line}.
 *
 * @param bytes the array that holds it; not to be changed
 * @param start index of its first byte
 * @param end index behind its last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost each line
public record StoredLine(byte[] bytes, int start, int end) {
  private static final byte[] ID = "{\"id\":\"".getBytes(ISO_8859_1);

  /** Quotes within strings are escaped, so that no string of the line holds this. */
  private static final byte[] PAYLOAD = ",\"payload\":".getBytes(ISO_8859_1);

  /** Characters of the longest id: writer, two dashes, numbers of 18 and 10 digits. */
  private static final int MAX_ID_LENGTH = 56;

  /** The id; null if it does not begin as a line of ours. */
  public @Nullable String id() {
    if (!holds(ID, start)) {
      return null;
    }
    int from = start + ID.length;
    int quote = from;
    while (quote < end && quote - from <= MAX_ID_LENGTH && bytes[quote] != '"') {
      quote++;
    }
    boolean closed = quote < end && bytes[quote] == '"';
    return closed ? new String(bytes, from, quote - from, ISO_8859_1) : null;
  }

  /** Index of the payload's first byte; -1 if there is none. */
  int payloadStart() {
    for (int at = start + ID.length; at + PAYLOAD.length < end; at++) {
      if (bytes[at] == ',' && holds(PAYLOAD, at)) {
        return at + PAYLOAD.length;
      }
    }
    return -1;
  }

  /** Index behind the payload's last byte: the line ends with one brace more. */
  int payloadEnd() {
    return end - 1;
  }

  private boolean holds(byte[] text, int at) {
    if (at + text.length > end) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
