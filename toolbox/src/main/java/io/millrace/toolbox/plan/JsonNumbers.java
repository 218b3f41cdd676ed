package io.millrace.toolbox.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * A JSON document of numbers; what is missing is named by source and field.
 *
 * @param source what to call it in messages
 */
record JsonNumbers(String source, JsonNode root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException if it is no JSON object
   */
  static JsonNumbers parse(String source, byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.isObject()) {
        throw new IllegalArgumentException(source + " is no JSON object");
      }
      return new JsonNumbers(source, root);
    } catch (IOException wrong) {
      throw new IllegalArgumentException(source + " is not JSON: " + wrong.getMessage(), wrong);
    }
  }

  /**
   * The number at a place like {@code /cpu/web}.
   *
   * @throws IllegalArgumentException if none is there, or one below {@code least}
   */
  double number(String pointer, double least) {
    JsonNode value = root.at(pointer);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(source + " has no number at " + pointer);
    }
    if (value.asDouble() < least) {
      throw new IllegalArgumentException(
          source + " has " + value + " at " + pointer + ", less than " + least);
    }
    return value.asDouble();
  }

  /** Whether anything but null is there. */
  boolean has(String pointer) {
    return !root.at(pointer).isMissingNode() && !root.at(pointer).isNull();
  }

  /** The text at a place, or the source's name if none is there. */
  String text(String pointer) {
    return root.at(pointer).asText(source);
  }
}
