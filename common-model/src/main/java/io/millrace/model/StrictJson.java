package io.millrace.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/**
 * Makes the JSON parsers for what others wrote: messages, manifests, lines.
 *
 * <p>Jackson's own factories share a table of field names between all that they read. Whoever sends
 * names that collide in it makes other people's documents slow or unreadable. These factories keep
 * no such table, so what one document holds has no effect on the reading of another.
 *
 * <p>Stateless and thread-safe, as are the factories.
 */
public final class StrictJson {
  private StrictJson() {}

  /**
   * A factory that keeps no names and leaves streams open.
   *
   * @param limits of one document: depth, and the lengths of names, texts and numbers
   */
  public static JsonFactory factory(StreamReadConstraints limits) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .streamReadConstraints(limits)
        .build();
  }
}
