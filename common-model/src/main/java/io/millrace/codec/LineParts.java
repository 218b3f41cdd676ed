package io.millrace.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.codec.Line.Slice;

/**
 * A line taken apart: what {@link Line} put together. Knows the order and the spelling that {@link
 * Line} writes, no other JSON.
 *
 * @param id as it stands there
 * @param version of the client, without JSON's escapes; not empty
 * @param token likewise
 * @param payload in the array that was parsed; a whole object's braces, what is between them was
 *     checked by the web tier
 */
public record LineParts(String id, String version, String token, Slice payload) {
  private static final byte[] QUOTE = {'"'};

  /**
   * Takes {@code bytes[start, end)} apart.
   *
   * @param end of the line, its line feed left out
   * @throws IllegalArgumentException naming the first thing that is not as {@link Line} writes it,
   *     without quoting it
   */
  public static LineParts parse(byte[] bytes, int start, int end) {
    Cursor cursor = new Cursor(bytes, start, end);
    cursor.expect(Line.ID, "id");
    Slice id = cursor.toQuote("id");
    if (cursor.skip(Line.KEY)) {
      cursor.toQuote("key");
    }
    cursor.expect(Line.RECEIVED_AT, "received_at");
    cursor.toQuote("received_at");
    cursor.expect(Line.VERSION, "version");
    String version = cursor.text("version");
    cursor.expect(Line.TOKEN, "token");
    String token = cursor.text("token");
    cursor.expect(Line.PAYLOAD, "payload");
    String idText = new String(bytes, id.start(), id.length(), ISO_8859_1);
    return new LineParts(idText, version, token, cursor.objectBeforeBrace());
  }

  /** Goes through a line once, never past its end. One thread's own. */
  private static final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.end = end;
      this.at = start;
    }

    boolean skip(byte[] text) {
      if (end - at < text.length) {
        return false;
      }
      for (int i = 0; i < text.length; i++) {
        if (bytes[at + i] != text[i]) {
          return false;
        }
      }
      at += text.length;
      return true;
    }

    void expect(byte[] text, String field) {
      if (!skip(text)) {
        throw new IllegalArgumentException("has no " + field + " in its place");
      }
    }

    /** What is before the quote that ends a string; stops at the quote. */
    Slice toQuote(String field) {
      int from = at;
      while (at < end && bytes[at] != '"') {
        at += bytes[at] == '\\' ? 2 : 1;
      }
      if (at >= end) {
        throw new IllegalArgumentException("has a " + field + " without an end");
      }
      return new Slice(bytes, from, at - from);
    }

    /** The text of the string literal that begins here. */
    String text(String field) {
      int from = at;
      expect(QUOTE, field);
      toQuote(field);
      at++;
      String text;
      try {
        text = StringLiteral.text(bytes, from, at);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("has a " + field + " that is no JSON string", e);
      }
      if (text.isEmpty()) {
        throw new IllegalArgumentException("has an empty " + field);
      }
      return text;
    }

    /** The rest of the line but for the brace that ends it. */
    Slice objectBeforeBrace() {
      int length = end - 1 - at;
      if (length < 2
          || bytes[at] != '{'
          || bytes[at + length - 1] != '}'
          || bytes[end - 1] != '}') {
        throw new IllegalArgumentException("has no object as payload at its end");
      }
      return new Slice(bytes, at, length);
    }
  }
}
