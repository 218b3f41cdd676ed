package io.millrace.toolbox.audit.look;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.toolbox.audit.judge.StoredLine;
import io.millrace.toolbox.compressed.LineJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Whether the lines of one batch are what they should be, in order. One thread's own. */
final class LineCheck {
  private final String batch;
  private int count;

  LineCheck(String batch) {
    this.batch = batch;
  }

  /** Lines that were checked and found good. */
  int count() {
    return count;
  }

  /**
   * Checks the batch's next line.
   *
   * @throws IOException saying what is wrong with which line, without quoting it
   */
  void check(StoredLine line) throws IOException {
    int length = line.end() - line.start();
    try (JsonParser parser = LineJson.parser(line.bytes(), line.start(), length)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "is no object");
      require((batch + "-" + count).equals(text(parser, "id")), "has another id");
      String name = parser.nextFieldName();
      if ("key".equals(name)) {
        require(parser.nextToken() == JsonToken.VALUE_STRING, "has a key that is no text");
        name = parser.nextFieldName();
      }
      require("received_at".equals(name), "has no received_at behind its id");
      requireTime(parser.nextTextValue());
      text(parser, "version");
      text(parser, "token");
      require("payload".equals(parser.nextFieldName()), "has no payload behind its token");
      require(parser.nextToken() == JsonToken.START_OBJECT, "has a payload that is no object");
      parser.skipChildren();
      require(parser.nextToken() == JsonToken.END_OBJECT, "does not end with its payload");
      require(parser.nextToken() == null, "goes on behind its end");
    } catch (com.fasterxml.jackson.core.JsonProcessingException wrong) {
      throw fault("is no JSON");
    }
    count++;
  }

  private String text(JsonParser parser, String name) throws IOException {
    require(name.equals(parser.nextFieldName()), "has no " + name + " in its place");
    String text = parser.nextTextValue();
    require(text != null, "has no text as " + name);
    return text == null ? "" : text;
  }

  private void requireTime(String text) throws IOException {
    try {
      require(text != null && Instant.parse(text) != null, "has no received_at");
    } catch (DateTimeException noTime) {
      throw fault("has no time as received_at");
    }
  }

  private void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw fault(otherwise);
    }
  }

  private IOException fault(String what) {
    return new IOException("line " + count + " " + what);
  }
}
