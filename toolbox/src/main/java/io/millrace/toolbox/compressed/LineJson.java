package io.millrace.toolbox.compressed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.model.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Parsers of stored lines, for whatever the web tier takes. Stateless and thread-safe. */
public final class LineJson {
  /** The parser of collections allows 64 levels; the line is one more around the payload. */
  private static final int MAX_DEPTH = 65;

  /**
   * It bounds the depth alone: a number, a text or a name is as long as it is. It keeps no table of
   * names: names of one client's line that collide there would make another's unreadable.
   */
  private static final JsonFactory FACTORY =
      StrictJson.factory(
          StreamReadConstraints.builder()
              .maxNestingDepth(MAX_DEPTH)
              .maxNumberLength(Integer.MAX_VALUE)
              .maxStringLength(Integer.MAX_VALUE)
              .maxNameLength(Integer.MAX_VALUE)
              .build());

  private LineJson() {}

  /**
   * A parser of {@code bytes[start, start + length)}. From a stream, since of a part of an array
   * Jackson 2.22 without a table of names reads on behind its end.
   */
  public static JsonParser parser(byte[] bytes, int start, int length) throws IOException {
    return FACTORY.createParser(new ByteArrayInputStream(bytes, start, length));
  }

  /** A parser of a text. */
  public static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
  }
}
