package io.millrace.web.parse;

import io.millrace.codec.Line.Slice;
import io.millrace.codec.PayloadBytes;
import io.millrace.web.parse.CollectionException.Fault;
import java.util.function.LongPredicate;

/**
 * Reads {@code {"version": string, "token": string, "data": [object, …]}} strictly: what passes can
 * be read back, line by line, by any JSON parser. Faults in the JSON itself are told before those
 * in the fields, wherever they stand.
 *
 * <p>What readers can't take is refused too, as readers see it who use Jackson as it comes, like
 * Spark: numbers of more than 1,000 characters ({@code StreamReadConstraints}' default). It would
 * take names of 50,000 characters; 8,192 bytes are far above any that were met, and bound what a
 * reader keeps of each.
 *
 * <p>Each body is judged by itself: nothing is kept of it, not even its fields' names. What parsing
 * takes beyond the body is asked for before it is allocated: 8 bytes a payload from the ninth on,
 * and the names of top-level fields that are ignored. What it takes besides is below 16 KiB,
 * whatever the body.
 *
 * <p>Stateless and thread-safe.
 */
public final class CollectionParser {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final int maxPayloads;

  /**
   * @param maxPayloads most payloads in a collection, at least 1
   */
  public CollectionParser(int maxPayloads) {
    this.maxPayloads = maxPayloads;
  }

  /**
   * Checks {@code body[0, length)} and makes its payloads readable in place.
   *
   * @param body not used otherwise meanwhile; the result refers to it
   * @param room reserves so many bytes for this body, or returns false; they are the caller's to
   *     give back when the result is no longer used, or after an exception
   * @throws CollectionException naming the first fault
   */
  public ParsedCollection parse(byte[] body, int length, LongPredicate room)
      throws CollectionException {
    checkText(body, length);
    ParsedCollection collection = new ParsedCollection(body, maxPayloads);
    JsonScanner scanner = new JsonScanner(body, length);
    CollectionWalk reading = new CollectionWalk(scanner, body, collection, maxPayloads, room);
    reading.read();
    String fault = reading.fault();
    if (fault != null) {
      throw new CollectionException(Fault.INVALID_COLLECTION, fault);
    }
    if (reading.elements() > maxPayloads) {
      throw new CollectionException(
          Fault.TOO_MANY_PAYLOADS,
          "data has "
              + reading.elements()
              + " payloads, more than the "
              + maxPayloads
              + " allowed");
    }
    if (scanner.isUnreadable()) {
      makeReadable(collection, body);
    }
    return collection;
  }

  private static void checkText(byte[] body, int length) throws CollectionException {
    if (length >= BYTE_ORDER_MARK.length
        && body[0] == BYTE_ORDER_MARK[0]
        && body[1] == BYTE_ORDER_MARK[1]
        && body[2] == BYTE_ORDER_MARK[2]) {
      throw notJson("begins with a byte order mark", 0);
    }
    int invalid = Utf8.firstInvalid(body, length);
    if (invalid >= 0) {
      throw notJson("is not UTF-8", invalid);
    }
  }

  private static void makeReadable(ParsedCollection collection, byte[] body) {
    int changes = makeReadable(collection.version()) + makeReadable(collection.token());
    for (int i = 0; i < collection.payloads(); i++) {
      changes += PayloadBytes.makeReadable(body, collection.start(i), collection.end(i));
    }
    collection.changed(changes);
  }

  private static int makeReadable(Slice slice) {
    return PayloadBytes.makeReadable(slice.array(), slice.start(), slice.start() + slice.length());
  }

  static CollectionException notJson(String what, long offset) {
    return new CollectionException(Fault.NOT_JSON, "the body " + what + ": byte offset " + offset);
  }

  static void requireRoom(LongPredicate room, long bytes) throws CollectionException {
    if (!room.test(bytes)) {
      throw new CollectionException(Fault.NO_ROOM, "no room for " + bytes + " bytes more");
    }
  }
}
