package io.millrace.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header line of one message, field by field, within limits: whoever may write to the
 * queue can send any text.
 *
 * <p>One header's own. The factory is shared, but keeps nothing of one message when the next is
 * read: {@link StrictJson}.
 */
final class HeaderReader {
  /**
   * Most characters of a header line: what {@link MessageCodec#encode} writes at most, and as much
   * again for fields of later versions.
   */
  static final int MAX_LINE_CHARACTERS = 2 * MessageCodec.MAX_HEADER_BYTES;

  private static final int MAX_NAME_CHARACTERS = 64;
  private static final int MAX_STRING_CHARACTERS = 256;

  /** A long has at most 19 digits and a sign. */
  private static final int MAX_NUMBER_CHARACTERS = 20;

  private static final int MAX_DEPTH = 8;

  private static final JsonFactory JSON =
      StrictJson.factory(
          StreamReadConstraints.builder()
              .maxNameLength(MAX_NAME_CHARACTERS)
              .maxStringLength(MAX_STRING_CHARACTERS)
              .maxNumberLength(MAX_NUMBER_CHARACTERS)
              .maxNestingDepth(MAX_DEPTH)
              .build());

  private static final String NO_HEADER =
      "header is not a JSON object with the fields of version " + MessageCodec.VERSION;

  private @Nullable Integer version;
  private @Nullable String batch;
  private @Nullable Long opened;
  private @Nullable Integer payloads;
  private @Nullable Integer bytes;
  private @Nullable String crc32c;
  private @Nullable String codec;
  private boolean resent;
  private long ended;
  private final List<Long> abandoned = new ArrayList<>(0);

  private HeaderReader() {}

  /**
   * Reads a header line; fields that this version doesn't know are passed over.
   *
   * @param line without its line feed
   * @return what stands there, not checked for its sense
   * @throws UndecodableException naming the first thing that is wrong, without quoting it
   */
  static MessageHeader read(String line) throws UndecodableException {
    HeaderReader reader = new HeaderReader();
    try (JsonParser parser = JSON.createParser(line)) {
      reader.readObject(parser);
    } catch (IOException notJson) {
      throw new UndecodableException(NO_HEADER);
    }
    return reader.header();
  }

  private void readObject(JsonParser parser) throws IOException {
    require(parser, parser.nextToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      readField(parser, name);
    }
    require(parser, parser.currentToken() == JsonToken.END_OBJECT);
    require(parser, parser.nextToken() == null);
  }

  private void readField(JsonParser parser, String name) throws IOException {
    switch (name) {
      case "v" -> version = integer(parser);
      case "batch" -> batch = text(parser);
      case "opened" -> opened = number(parser);
      case "payloads" -> payloads = integer(parser);
      case "bytes" -> bytes = integer(parser);
      case "crc32c" -> crc32c = text(parser);
      case "codec" -> codec = text(parser);
      case "resent" -> resent = flag(parser);
      case "ended" -> ended = number(parser);
      case "abandoned" -> readAbandoned(parser);
      default -> parser.skipChildren();
    }
  }

  private void readAbandoned(JsonParser parser) throws IOException {
    require(parser, parser.currentToken() == JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser, abandoned.size() < MessageCodec.MAX_ABANDONED);
      abandoned.add(number(parser));
    }
  }

  private static int integer(JsonParser parser) throws IOException {
    require(parser, parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return parser.getIntValue();
  }

  private static long number(JsonParser parser) throws IOException {
    require(parser, parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return parser.getLongValue();
  }

  private static String text(JsonParser parser) throws IOException {
    require(parser, parser.currentToken() == JsonToken.VALUE_STRING);
    return parser.getText();
  }

  /** Another program may have spelled it otherwise: null, 0 and {@code "false"} are false too. */
  private static boolean flag(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    require(parser, token.isScalarValue());
    return token == JsonToken.VALUE_TRUE
        || (token == JsonToken.VALUE_STRING && parser.getText().equals("true"))
        || (token == JsonToken.VALUE_NUMBER_INT && parser.getLongValue() != 0);
  }

  private static void require(JsonParser parser, boolean asWritten) throws IOException {
    if (!asWritten) {
      throw new JsonParseException(parser, "not as a header is written");
    }
  }

  /** The version is told first: a message of another one may lack the fields of this one. */
  private MessageHeader header() throws UndecodableException {
    if (version != null && version != MessageCodec.VERSION) {
      throw new UndecodableException(
          "header version is " + version + ", not " + MessageCodec.VERSION);
    }
    if (version == null
        || batch == null
        || opened == null
        || payloads == null
        || bytes == null
        || crc32c == null
        || codec == null) {
      throw new UndecodableException(NO_HEADER);
    }
    return new MessageHeader(
        version, batch, opened, payloads, bytes, crc32c, codec, resent, ended, abandoned);
  }
}
