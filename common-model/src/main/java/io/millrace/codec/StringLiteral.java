package io.millrace.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of a JSON string literal (RFC 8259). Keeps nothing between two literals, as parsers with
 * tables of names do: what one sender wrote decides nothing about another's.
 *
 * <p>Stateless and thread-safe.
 */
public final class StringLiteral {
  private static final int UNICODE_DIGITS = 4;

  private StringLiteral() {}

  /**
   * Reads {@code bytes[start, end)}, the quotes included. An unpaired surrogate escape is kept.
   *
   * @throws IllegalArgumentException if that is no string literal in strict UTF-8
   */
  public static String text(byte[] bytes, int start, int end) {
    if (end - start < 2 || bytes[start] != '"' || bytes[end - 1] != '"') {
      throw new IllegalArgumentException("no string literal: no quotes around it");
    }
    if (isPlain(bytes, start + 1, end - 1)) {
      return new String(bytes, start + 1, end - start - 2, ISO_8859_1);
    }
    try {
      ByteBuffer inside = ByteBuffer.wrap(bytes, start + 1, end - start - 2);
      return unescaped(StandardCharsets.UTF_8.newDecoder().decode(inside).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("no string literal: not UTF-8", e);
    }
  }

  /** Whether each byte is a character that stands for itself. */
  private static boolean isPlain(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String unescaped(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      if (c < ' ' || c == '"') {
        throw new IllegalArgumentException("no string literal: a bare quote or control character");
      }
      if (c != '\\') {
        text.append(c);
        at++;
      } else if (at + 1 < raw.length() && raw.charAt(at + 1) == 'u') {
        text.append(unicode(raw, at + 2));
        at += 2 + UNICODE_DIGITS;
      } else {
        text.append(escape(raw, at + 1));
        at += 2;
      }
    }
    return text.toString();
  }

  private static char unicode(String raw, int from) {
    int code = 0;
    for (int i = from; i < from + UNICODE_DIGITS; i++) {
      char c = i < raw.length() ? raw.charAt(i) : ' ';
      int digit = c < 0x80 ? Character.digit(c, 16) : -1; // other scripts have digits too
      if (digit < 0) {
        throw new IllegalArgumentException("no string literal: an escape without four hex digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private static char escape(String raw, int at) {
    char c = at < raw.length() ? raw.charAt(at) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw new IllegalArgumentException("no string literal: an unknown escape");
    };
  }
}
