package io.millrace.web.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.codec.Line.Slice;
import io.millrace.codec.StringLiteral;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One walk over one body; goes on after a fault in a field, for the JSON's faults come first.
 *
 * <p>Not thread-safe; one thread's own.
 */
final class CollectionWalk {
  /** Characters (code points) of version and of token. */
  private static final int MAX_NAME_CHARACTERS = 256;

  /**
   * Of the literals of version and token, between their quotes: room for 256 characters of 4 bytes,
   * which escapes would make up to 12. Each line repeats both.
   */
  private static final int MAX_LITERAL_BYTES = 4 * MAX_NAME_CHARACTERS;

  /** Of one character, spelled as an escape. */
  private static final int MAX_ESCAPE_BYTES = 6;

  /** Top-level fields, the three of the collection included. */
  private static final int MAX_FIELDS = 1000;

  /** What the set of names takes for each, beside the name: text, array, entry, share of table. */
  private static final int BYTES_PER_NAME = 160;

  /** A name, and the three texts out of which it is made, at 2 bytes a character. */
  private static final int BYTES_PER_NAME_BYTE = 8;

  private static final byte[] VERSION = "\"version\"".getBytes(ISO_8859_1);
  private static final byte[] TOKEN = "\"token\"".getBytes(ISO_8859_1);
  private static final byte[] DATA = "\"data\"".getBytes(ISO_8859_1);

  private final JsonScanner scanner;
  private final byte[] body;
  private final ParsedCollection collection;
  private final int maxPayloads;
  private final LongPredicate room;
  private @Nullable String fault;
  private int elements;
  private int fields;
  private boolean hasVersion;
  private boolean hasToken;
  private boolean hasData;
  private @Nullable Set<String> otherNames;

  CollectionWalk(
      JsonScanner scanner,
      byte[] body,
      ParsedCollection collection,
      int maxPayloads,
      LongPredicate room) {
    this.scanner = scanner;
    this.body = body;
    this.collection = collection;
    this.maxPayloads = maxPayloads;
    this.room = room;
  }

  /**
   * Walks to the end of the body.
   *
   * @throws CollectionException if it is no well-formed JSON, or there is no room
   */
  void read() throws CollectionException {
    int first = scanner.token();
    if (first < 0) {
      throw CollectionParser.notJson("is empty", 0);
    }
    if (first == '{') {
      fields();
    } else {
      scanner.value();
      fault("the body is no JSON object");
    }
    if (scanner.token() >= 0) {
      throw CollectionParser.notJson("has something after its end", scanner.at());
    }
    tooLong(scanner.longName(), "a field's name", JsonScanner.MAX_NAME_BYTES);
    tooLong(scanner.longNumber(), "a number", JsonScanner.MAX_NUMBER_BYTES);
  }

  /** The first fault in a field, else the first of a name or number; null if there is none. */
  @Nullable String fault() {
    return fault;
  }

  /** Elements of data, however many of them were kept. */
  int elements() {
    return elements;
  }

  private void fields() throws CollectionException {
    for (boolean more = scanner.begin(); more; more = scanner.more()) {
      if (++fields <= MAX_FIELDS) {
        field();
      } else {
        scanner.value(); // refused anyway
      }
    }
    if (fields > MAX_FIELDS) {
      fault("more than " + MAX_FIELDS + " top-level fields");
    }
    missing(hasVersion, "version");
    missing(hasToken, "token");
    missing(hasData, "data");
  }

  private void field() throws CollectionException {
    int start = scanner.nameStart();
    int end = scanner.nameEnd();
    if (isNamed(VERSION, start, end)) {
      requireFirst(hasVersion, start);
      hasVersion = true;
      collection.version(literal("version"));
    } else if (isNamed(TOKEN, start, end)) {
      requireFirst(hasToken, start);
      hasToken = true;
      collection.token(literal("token"));
    } else if (isNamed(DATA, start, end)) {
      requireFirst(hasData, start);
      hasData = true;
      data();
    } else {
      requireFirst(isOtherTwice(start, end), start);
      scanner.value();
    }
  }

  private static void requireFirst(boolean again, int start) throws CollectionException {
    if (again) {
      throw CollectionParser.notJson("has a top-level field twice", start);
    }
  }

  /** Whether a literal is a name, which escapes may spell otherwise. */
  private boolean isNamed(byte[] name, int start, int end) {
    if (Arrays.equals(body, start, end, name, 0, name.length)) {
      return true;
    }
    return end - start > name.length
        && end - start <= MAX_ESCAPE_BYTES * name.length
        && hasEscape(start, end)
        && StringLiteral.text(body, start, end)
            .equals(new String(name, 1, name.length - 2, ISO_8859_1));
  }

  private boolean hasEscape(int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private boolean isOtherTwice(int start, int end) throws CollectionException {
    int length = end - start;
    if (length - 2 > JsonScanner.MAX_NAME_BYTES) {
      return false; // refused anyway
    }
    CollectionParser.requireRoom(room, BYTES_PER_NAME + (long) BYTES_PER_NAME_BYTE * length);
    if (otherNames == null) {
      otherNames = new HashSet<>();
    }
    return !otherNames.add(StringLiteral.text(body, start, end));
  }

  /** The literal of version or token; noted as a fault unless it is a text of the allowed form. */
  private Slice literal(String field) throws CollectionException {
    int first = scanner.token();
    int start = scanner.at();
    scanner.value();
    int length = scanner.at() - start;
    if (first != '"') {
      fault(field + " is no string");
    } else if (length - 2 > MAX_LITERAL_BYTES) {
      fault(field + " has more than " + MAX_LITERAL_BYTES + " bytes between its quotes");
    } else {
      check(field, StringLiteral.text(body, start, scanner.at()));
    }
    return new Slice(body, start, length);
  }

  private void check(String field, String text) {
    if (text.isEmpty()) {
      fault(field + " is empty");
    } else if (text.codePointCount(0, text.length()) > MAX_NAME_CHARACTERS) {
      fault(field + " is longer than " + MAX_NAME_CHARACTERS + " characters");
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      fault(field + " has control characters");
    }
  }

  private void data() throws CollectionException {
    if (scanner.token() != '[') {
      scanner.value();
      fault("data is no array");
      return;
    }
    for (boolean more = scanner.begin(); more; more = scanner.more()) {
      boolean isObject = scanner.token() == '{';
      int start = scanner.at();
      scanner.value();
      if (!isObject) {
        notAnObject(elements);
      } else if (elements < maxPayloads) {
        collection.add(start, scanner.at(), room);
      }
      elements++;
    }
  }

  private void notAnObject(int element) {
    if (fault == null) { // there may be a million of them
      fault = "data[" + element + "] is no object";
    }
  }

  private void missing(boolean isThere, String field) {
    if (!isThere) {
      fault(field + " is missing");
    }
  }

  private void tooLong(int start, String what, int maxBytes) {
    if (start >= 0) {
      fault(what + " has more than " + maxBytes + " bytes: byte offset " + start);
    }
  }

  private void fault(String text) {
    if (fault == null) {
      fault = text;
    }
  }
}
