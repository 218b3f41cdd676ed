package io.millrace.web.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Goes through JSON (RFC 8259, strictly) and finds where its values begin and end. Makes no object
 * of what it passes, and keeps no table of names as parsers do: neither memory nor the answer to
 * another body depends on what this one holds.
 *
 * <p>Not thread-safe; one body's own.
 */
final class JsonScanner {
  /** Levels of objects and arrays; at most the bits of a long. */
  static final int MAX_DEPTH = 64;

  /** Of a field's name as it stands in the body, between its quotes. */
  static final int MAX_NAME_BYTES = 8192;

  /** Of a number as it stands in the body. */
  static final int MAX_NUMBER_BYTES = 1000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int ESCAPE = 6;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[] json;
  private final int end;
  private int at;
  private int depth;

  /** The bit of a level says whether that is an object. */
  private long objects;

  private int nameStart;
  private int nameEnd;
  private int longName = -1;
  private int longNumber = -1;
  private boolean unreadable;

  /** Begins at index 0. */
  JsonScanner(byte[] json, int length) {
    this.json = json;
    this.end = length;
  }

  /** Where the next byte is that was not passed. */
  int at() {
    return at;
  }

  /** Where the literal of the last name begins, with its quote. */
  int nameStart() {
    return nameStart;
  }

  /** The index behind that literal. */
  int nameEnd() {
    return nameEnd;
  }

  /** Where the first name of more than {@link #MAX_NAME_BYTES} begins; -1 without one. */
  int longName() {
    return longName;
  }

  /** Where the first number of more than {@link #MAX_NUMBER_BYTES} begins; -1 without one. */
  int longNumber() {
    return longNumber;
  }

  /** Whether there was a line end between tokens or the escape of a surrogate, paired or not. */
  boolean isUnreadable() {
    return unreadable;
  }

  /** The byte with which the next token begins, at {@link #at}; -1 at the end. */
  int token() {
    while (at < end) {
      byte b = json[at];
      if (b > ' ') {
        return b;
      }
      if (b == '\n' || b == '\r') {
        unreadable = true;
      } else if (b != ' ' && b != '\t') {
        return b & 0xFF;
      }
      at++;
    }
    return -1;
  }

  /** Goes past one value. */
  void value() throws CollectionException {
    int outer = depth;
    do {
      if (!begin()) {
        while (depth > outer && !more()) {
          // One level up, and on.
        }
      }
    } while (depth > outer);
  }

  /**
   * Goes past a value that holds no others, or into one that does: there to its first value, past
   * that one's name.
   *
   * @return whether it is within another value now
   */
  boolean begin() throws CollectionException {
    int first = token();
    switch (first) {
      case '{', '[' -> {
        return open(first == '{');
      }
      case '"' -> at = string(at);
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> number();
    }
    return false;
  }

  /**
   * Behind a value that is within another: goes to the next one there, or out.
   *
   * @return whether there is a next one
   */
  boolean more() throws CollectionException {
    int next = token();
    if (next == ',') {
      at++;
      if (isObject()) {
        name();
      }
      return true;
    }
    if (next != (isObject() ? '}' : ']')) {
      throw unexpected(at);
    }
    at++;
    depth--;
    return false;
  }

  /** Where the JSON is wrong. */
  CollectionException unexpected(int offset) {
    return CollectionParser.notJson(
        "is not well-formed JSON within " + MAX_DEPTH + " levels", Math.min(offset, end));
  }

  private boolean open(boolean isObject) throws CollectionException {
    if (depth == MAX_DEPTH) {
      throw unexpected(at);
    }
    at++;
    long bit = 1L << depth++;
    objects = isObject ? objects | bit : objects & ~bit;
    if (token() == (isObject ? '}' : ']')) {
      at++;
      depth--;
      return false;
    }
    if (isObject) {
      name();
    }
    return true;
  }

  private boolean isObject() {
    return (objects & (1L << (depth - 1))) != 0;
  }

  private void name() throws CollectionException {
    if (token() != '"') {
      throw unexpected(at);
    }
    nameStart = at;
    at = string(at);
    nameEnd = at;
    if (nameEnd - nameStart - 2 > MAX_NAME_BYTES && longName < 0) {
      longName = nameStart;
    }
    if (token() != ':') {
      throw unexpected(at);
    }
    at++;
  }

  /** The index behind the string whose quote is at {@code start}. */
  private int string(int start) throws CollectionException {
    int i = start + 1;
    while (true) {
      while (i + Long.BYTES <= end && isPlain((long) LONGS.get(json, i))) {
        i += Long.BYTES;
      }
      byte b = i < end ? json[i] : 0;
      if (b == '"') {
        return i + 1;
      }
      if (b == '\\') {
        i = escape(i);
      } else if (b >= 0 && b < ' ') {
        throw unexpected(i);
      } else {
        i++;
      }
    }
  }

  /** Whether none of 8 bytes is a quote, a backslash or a control character. */
  private static boolean isPlain(long eight) {
    long quotes = eight ^ ('"' * ONES);
    long slashes = eight ^ ('\\' * ONES);
    long found = ((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes);
    long controls = (eight - ' ' * ONES) & ~eight;
    return ((found | controls) & HIGH_BITS) == 0;
  }

  private int escape(int start) throws CollectionException {
    int kind = byteAt(start + 1);
    switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return start + 2;
      }
      case 'u' -> {
        for (int i = start + 2; i < start + ESCAPE; i++) {
          if (Character.digit(byteAt(i), 16) < 0) {
            throw unexpected(i);
          }
        }
        unreadable |= (json[start + 2] | 0x20) == 'd';
        return start + ESCAPE;
      }
      default -> throw unexpected(start + 1);
    }
  }

  private void literal(byte[] text) throws CollectionException {
    for (int i = 0; i < text.length; i++) {
      if (byteAt(at + i) != text[i]) {
        throw unexpected(at + i);
      }
    }
    at += text.length;
  }

  private void number() throws CollectionException {
    int start = at;
    if (byteAt(at) == '-') {
      at++;
    }
    if (byteAt(at) == '0') {
      at++;
    } else {
      digits();
    }
    if (byteAt(at) == '.') {
      at++;
      digits();
    }
    if ((byteAt(at) | 0x20) == 'e') {
      at++;
      if (byteAt(at) == '+' || byteAt(at) == '-') {
        at++;
      }
      digits();
    }
    if (at - start > MAX_NUMBER_BYTES && longNumber < 0) {
      longNumber = start;
    }
  }

  private void digits() throws CollectionException {
    int start = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected(at);
    }
  }

  /** 0 behind the end, which is allowed nowhere. */
  private int byteAt(int index) {
    return index < end ? json[index] : 0;
  }
}
