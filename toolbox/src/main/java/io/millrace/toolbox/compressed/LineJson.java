package io.millrace.toolbox.compressed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** Parsers of stored lines, for whatever the web tier takes. Stateless and thread-safe. */
public final class LineJson {
  /** The parser of collections allows 64 levels; the line is one more around the payload. */
  private static final int MAX_DEPTH = 65;

  /**
   * It bounds the depth alone: a number, a text or a name is as long as it is. It keeps no table of
   * names: names of one client's line that collide there would make another's unreadable.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private LineJson() {}
}
