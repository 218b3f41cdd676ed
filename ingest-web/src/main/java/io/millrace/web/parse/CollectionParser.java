package io.millrace.web.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.codec.Line.Slice;
import io.millrace.codec.PayloadBytes;
import io.millrace.web.parse.CollectionException.Fault;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {"version": string, "token": string, "data": [object, …]}} strictly: what passes can
 * be read back, line by line, by any JSON parser. Faults in the JSON itself are told before those
 * in the fields, wherever they stand.
 *
 * <p>Thread-safe.
 */
public final class CollectionParser {
  /** Levels of objects and arrays, the collection itself included. */
  private static final int MAX_DEPTH = 64;

  /** Characters (code points) of version and of token. */
  private static final int MAX_NAME_CHARACTERS = 256;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final JsonFactory json;
  private final int maxPayloads;

  /**
   * @param maxPayloads most payloads in a collection, at least 1
   */
  public CollectionParser(int maxPayloads) {
    this.maxPayloads = maxPayloads;
    this.json =
        JsonFactory.builder()
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

  /**
   * Checks {@code body[0, length)} and makes its payloads readable in place.
   *
   * @param body not used otherwise meanwhile; the result refers to it
   * @throws CollectionException naming the first fault
   */
  public ParsedCollection parse(byte[] body, int length) throws CollectionException {
    checkText(body, length);
    ParsedCollection collection = new ParsedCollection(body);
    String fault;
    int payloads;
    try (JsonParser parser = json.createParser(body, 0, length)) {
      Reading reading = new Reading(parser, body, collection, maxPayloads);
      reading.read();
      fault = reading.fault;
      payloads = reading.elements;
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? length : e.getLocation().getByteOffset();
      throw notJson("is not well-formed JSON within " + MAX_DEPTH + " levels", offset);
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

  private static CollectionException notJson(String what, long offset) {
    return new CollectionException(Fault.NOT_JSON, "the body " + what + ": byte offset " + offset);
  }

  /** One walk over one body; goes on after a fault in a field, for the JSON's faults come first. */
  private static final class Reading {
    final JsonParser parser;
    final byte[] body;
    final ParsedCollection collection;
    final int maxPayloads;
    @Nullable String fault;
    int elements;
    private boolean hasVersion;
    private boolean hasToken;
    private boolean hasData;
    private @Nullable Set<String> otherNames;

    Reading(JsonParser parser, byte[] body, ParsedCollection collection, int maxPayloads) {
      this.parser = parser;
      this.body = body;
      this.collection = collection;
      this.maxPayloads = maxPayloads;
    }

    void read() throws IOException, CollectionException {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw notJson("is empty", 0);
      }
      if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          field(parser.currentName());
        }
        missing(hasVersion, "version");
        missing(hasToken, "token");
        missing(hasData, "data");
      } else {
        parser.skipChildren();
        fault("the body is no JSON object");
      }
      if (parser.nextToken() != null) {
        throw notJson("has something after its end", tokenStart());
      }
    }

    private void field(String name) throws IOException, CollectionException {
      long nameOffset = tokenStart();
      boolean again =
          switch (name) {
            case "version" -> hasVersion;
            case "token" -> hasToken;
            case "data" -> hasData;
            default -> isOtherTwice(name);
          };
      if (again) {
        throw notJson("has a top-level field twice", nameOffset);
      }
      JsonToken value = parser.nextToken();
      switch (name) {
        case "version" -> {
          hasVersion = true;
          collection.version(name("version", value));
        }
        case "token" -> {
          hasToken = true;
          collection.token(name("token", value));
        }
        case "data" -> {
          hasData = true;
          data(value);
        }
        default -> parser.skipChildren();
      }
    }

    private boolean isOtherTwice(String name) {
      if (otherNames == null) {
        otherNames = new HashSet<>();
      }
      return !otherNames.add(name);
    }

    /**
     * The literal of version or token; noted as a fault unless it is a text of the allowed form.
     */
    private Slice name(String field, JsonToken value) throws IOException {
      int start = (int) tokenStart();
      if (value != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        fault(field + " is no string");
        return new Slice(body, start, 0);
      }
      String text = parser.getText();
      if (text.isEmpty()) {
        fault(field + " is empty");
      } else if (text.codePointCount(0, text.length()) > MAX_NAME_CHARACTERS) {
        fault(field + " is longer than " + MAX_NAME_CHARACTERS + " characters");
      } else if (text.chars().anyMatch(Character::isISOControl)) {
        fault(field + " has control characters");
      }
      return new Slice(body, start, (int) end() - start);
    }

    private void data(JsonToken value) throws IOException {
      if (value != JsonToken.START_ARRAY) {
        parser.skipChildren();
        fault("data is no array");
        return;
      }
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        int start = (int) tokenStart();
        parser.skipChildren();
        if (token != JsonToken.START_OBJECT) {
          fault("data[" + elements + "] is no object");
        } else if (elements < maxPayloads) {
          collection.add(start, (int) end());
        }
        elements++;
      }
    }

    private void missing(boolean isThere, String field) {
      if (!isThere) {
        fault(field + " is missing");
      }
    }

    private void fault(String text) {
      if (fault == null) {
        fault = text;
      }
    }

    private long tokenStart() {
      return parser.currentTokenLocation().getByteOffset();
    }

    private long end() {
      return parser.currentLocation().getByteOffset();
    }
  }
}
