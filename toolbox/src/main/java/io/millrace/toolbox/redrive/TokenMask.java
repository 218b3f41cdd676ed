package io.millrace.toolbox.redrive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.toolbox.compressed.LineJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts asterisks in the place of a line's token. Stateless and thread-safe. */
final class TokenMask {
  private static final byte[] MASK = "\"***\"".getBytes(UTF_8);

  private TokenMask() {}

  /**
   * The line with its own token masked; payloads, whatever they hold, are as they were.
   *
   * @param line without its line end
   * @return null if it is not one JSON object: nobody knows then where its token is
   */
  static @Nullable String masked(byte[] line) {
    ByteArrayOutputStream masked = new ByteArrayOutputStream(line.length);
    int copied = 0;
    // A byte is a character here, so that the parser's places of characters are those of bytes.
    try (JsonParser parser = LineJson.parser(new String(line, ISO_8859_1))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean token = parser.currentName().equals("token");
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (token) {
          masked.write(line, copied, start - copied);
          masked.writeBytes(MASK);
          copied = (int) parser.currentLocation().getCharOffset();
        }
      }
      if (parser.nextToken() != null) {
        return null;
      }
    } catch (IOException malformed) {
      return null;
    }
    masked.write(line, copied, line.length - copied);
    return masked.toString(UTF_8);
  }
}
