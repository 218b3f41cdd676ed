package io.millrace.toolbox.post;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/** Checks that the payloads of a collection are JSON objects. Stateless and thread-safe. */
final class PayloadCheck {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final String ONE_A_LINE = "a line holds one object;";

  /** First byte of U+FEFF. */
  private static final byte BOM = (byte) 0xEF;

  private PayloadCheck() {}

  /**
   * Looks at every payload.
   *
   * @throws InputException if one is no JSON object, or more than one; file and line are named
   */
  static void check(CollectionBuffer collection) throws IOException {
    for (int i = 0; i < collection.payloads(); i++) {
      String reason = reason(collection, collection.start(i), collection.end(i));
      if (!reason.isEmpty()) {
        throw new InputException(collection.origin().file(), collection.line(i), reason);
      }
    }
  }

  private static String reason(CollectionBuffer from, int start, int end) throws IOException {
    try (JsonParser parser = JSON.createParser(from.bytes(), start, end - start)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        return "no JSON object but an array: " + ONE_A_LINE + " jq -c '.[]' FILE makes that";
      }
      if (first != JsonToken.START_OBJECT) {
        return "no JSON object: " + ONE_A_LINE + " it looks like another format, such as CSV";
      }
      parser.skipChildren();
      return parser.nextToken() == null ? "" : "something follows the JSON object";
    } catch (JsonEOFException cut) {
      return "no whole JSON object: " + ONE_A_LINE + " jq -c . FILE makes that";
    } catch (JsonProcessingException malformed) {
      return malformed(from, start, malformed.getLocation().getColumnNr());
    }
  }

  private static String malformed(CollectionBuffer from, int start, int column) {
    if (from.bytes()[start] == BOM) {
      return "no JSON object: a byte order mark is before it, tail -c +4 FILE leaves it out";
    }
    String where = "no JSON object: malformed at column " + column;
    return from.bytes()[start] == '{' || from.bytes()[start] == '['
        ? where
        : where + "; " + ONE_A_LINE + " it looks like another format, such as CSV";
  }
}
