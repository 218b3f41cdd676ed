package io.millrace.web.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.codec.Line.Slice;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over one body; goes on after a fault in a field, for the JSON's faults come first.
 *
 * <p>Not thread-safe; one thread's own.
 */
final class Reading {
  /** Characters (code points) of version and of token. */
  private static final int MAX_NAME_CHARACTERS = 256;

  private final JsonParser parser;
  private final byte[] body;
  private final ParsedCollection collection;
  private final int maxPayloads;
  private @Nullable String fault;
  private int elements;
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

  /**
   * Walks to the end of the body.
   *
   * @throws CollectionException if it is no well-formed JSON
   */
  void read() throws IOException, CollectionException {
    try {
      walk();
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? end() - 1 : e.getLocation().getByteOffset();
      throw CollectionParser.notJson(
          "is not well-formed JSON within " + CollectionParser.MAX_DEPTH + " levels", offset);
    }
  }

  /** The first fault in a field; null if there is none. */
  @Nullable String fault() {
    return fault;
  }

  /** Elements of data, however many of them were kept. */
  int elements() {
    return elements;
  }

  private void walk() throws IOException, CollectionException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw CollectionParser.notJson("is empty", 0);
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
      throw CollectionParser.notJson("has something after its end", tokenStart());
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
      throw CollectionParser.notJson("has a top-level field twice", nameOffset);
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

  /** The literal of version or token; noted as a fault unless it is a text of the allowed form. */
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
