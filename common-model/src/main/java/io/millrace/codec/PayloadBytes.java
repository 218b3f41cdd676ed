package io.millrace.codec;

/**
 * The two changes that a payload's bytes may undergo, so that every reader can read every line.
 * Both keep the length and are made in place:
 *
 * <ul>
 *   <li>CR and LF between tokens become spaces (inside strings JSON allows neither);
 *   <li>an unpaired surrogate escape ({@code \}{@code ud800}) becomes {@code \}{@code ufffd};
 *       DuckDB fails a whole query on one.
 * </ul>
 *
 * <p>Stateless and thread-safe.
 */
public final class PayloadBytes {
  private static final int ESCAPE = 6;

  private PayloadBytes() {}

  /**
   * Makes the changes in well-formed JSON.
   *
   * @param json bytes that a strict parser accepted
   * @param start index of the first byte of a JSON value
   * @param end index behind its last
   * @return how many changes were made
   */
  public static int makeReadable(byte[] json, int start, int end) {
    int changes = 0;
    int at = start;
    while (at < end) {
      byte b = json[at];
      if (b == '\\') {
        if (json[at + 1] != 'u') {
          at += 2;
        } else if (isPair(json, at, end)) {
          at += 2 * ESCAPE;
        } else {
          changes += replaceIfSurrogate(json, at);
          at += ESCAPE;
        }
      } else {
        if (b == '\n' || b == '\r') {
          json[at] = ' ';
          changes++;
        }
        at++;
      }
    }
    return changes;
  }

  private static boolean isPair(byte[] json, int at, int end) {
    return isHighSurrogate(json, at)
        && at + 2 * ESCAPE <= end
        && json[at + ESCAPE] == '\\'
        && json[at + ESCAPE + 1] == 'u'
        && isSurrogate(json, at + ESCAPE)
        && !isHighSurrogate(json, at + ESCAPE);
  }

  private static int replaceIfSurrogate(byte[] json, int at) {
    if (!isSurrogate(json, at)) {
      return 0;
    }
    json[at + 2] = 'f';
    json[at + 3] = 'f';
    json[at + 4] = 'f';
    json[at + 5] = 'd';
    return 1;
  }

  /** Whether the escape at {@code at} is D800 to DFFF. */
  private static boolean isSurrogate(byte[] json, int at) {
    return Character.digit(json[at + 2], 16) == 0xd && Character.digit(json[at + 3], 16) >= 8;
  }

  /** Whether the escape at {@code at} is D800 to DBFF. */
  private static boolean isHighSurrogate(byte[] json, int at) {
    return isSurrogate(json, at) && Character.digit(json[at + 3], 16) < 0xc;
  }
}
