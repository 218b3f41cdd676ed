package io.millrace.web.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.codec.Line.Slice;
import io.millrace.codec.PayloadBytes;
import io.millrace.web.parse.CollectionException.Fault;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads {@code {"version": string, "token": string, "data": [object, …]}} strictly: what passes can
 * be read back, line by line, by any JSON parser. Faults in the JSON itself are told before those
 * in the fields, wherever they stand.
 *
 * <p>Thread-safe.
 */
public final class CollectionParser {
  /** Levels of objects and arrays, the collection itself included. */
  static final int MAX_DEPTH = 64;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * A factory keeps the field names that its parsers met, up to a number of names, whatever their
   * length; so each is used for so many bytes of bodies only.
   */
  private static final long BYTES_PER_FACTORY = 16L << 20;

  private final int maxPayloads;
  private final AtomicLong parsedBytes = new AtomicLong();
  private volatile JsonFactory json = factory();

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
   * @throws CollectionException naming the first fault
   */
  public ParsedCollection parse(byte[] body, int length) throws CollectionException {
    checkText(body, length);
    if (parsedBytes.addAndGet(length) > BYTES_PER_FACTORY) {
      parsedBytes.set(0);
      json = factory();
    }
    ParsedCollection collection = new ParsedCollection(body);
    String fault;
    int payloads;
    try (JsonParser parser = json.createParser(body, 0, length)) {
      Reading reading = new Reading(parser, body, collection, maxPayloads);
      reading.read();
      fault = reading.fault();
      payloads = reading.elements();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
    if (fault != null) {
      throw new CollectionException(Fault.INVALID_COLLECTION, fault);
    }
    if (payloads > maxPayloads) {
      throw new CollectionException(
          Fault.TOO_MANY_PAYLOADS,
          "data has " + payloads + " payloads, more than the " + maxPayloads + " allowed");
    }
    makeReadable(collection);
    return collection;
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .build();
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

  private static void makeReadable(ParsedCollection collection) {
    int changes = makeReadable(collection.version()) + makeReadable(collection.token());
    for (int i = 0; i < collection.payloads(); i++) {
      changes += makeReadable(collection.payload(i));
    }
    collection.changed(changes);
  }

  private static int makeReadable(Slice slice) {
    return PayloadBytes.makeReadable(slice.array(), slice.start(), slice.start() + slice.length());
  }

  static CollectionException notJson(String what, long offset) {
    return new CollectionException(Fault.NOT_JSON, "the body " + what + ": byte offset " + offset);
  }
}
