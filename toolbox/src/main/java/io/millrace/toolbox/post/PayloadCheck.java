package io.millrace.toolbox.post;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Checks that the payloads of a collection are JSON objects. Stateless and thread-safe. */
final class PayloadCheck {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

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
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "no JSON object";
      }
      parser.skipChildren();
      return parser.nextToken() == null ? "" : "something follows the JSON object";
    } catch (JsonProcessingException malformed) {
      return "no JSON object (" + malformed.getOriginalMessage() + ")";
    }
  }
}
