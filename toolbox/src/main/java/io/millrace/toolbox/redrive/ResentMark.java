package io.millrace.toolbox.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.model.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Marks a message body as a further try. The header's text is changed, not written anew: fields of
 * a later version, which we don't know, stay. Stateless and thread-safe.
 */
final class ResentMark {
  private static final JsonFactory JSON = StrictJson.factory(StreamReadConstraints.defaults());

  private static final String FIELD = "resent";
  private static final String TRUE = "true";

  private ResentMark() {}

  /**
   * The body with {@code resent: true} in its header, and no other byte changed.
   *
   * @param body one that can be decoded
   */
  static String put(String body) {
    String header = body.substring(0, body.indexOf('\n'));
    StringBuilder marked = new StringBuilder(body.length() + FIELD.length() + TRUE.length() + 4);
    int copied = 0;
    try (JsonParser parser = JSON.createParser(header)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean flag = parser.currentName().equals(FIELD);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (flag) {
          marked.append(header, copied, start).append(TRUE);
          copied = (int) parser.currentLocation().getCharOffset();
        }
      }
      if (copied == 0) {
        copied = (int) parser.currentTokenLocation().getCharOffset();
        marked.append(header, 0, copied).append(",\"" + FIELD + "\":" + TRUE);
      }
    } catch (IOException undecodable) {
      throw new UncheckedIOException("the header was JSON when it was decoded", undecodable);
    }
    return marked.append(body, copied, body.length()).toString();
  }
}
