package io.millrace.toolbox.find;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Tells what was found.
 *
 * @param out for lines or JSON and nothing else, so that it can be piped; not closed
 * @param err for people
 */
record FoundOutput(OutputStream out, PrintWriter err) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Writes lines, or one JSON document with the lines in it.
   *
   * @return the exit code: 0 all found, 1 not all, 2 not all, and not everywhere could be looked
   * @throws IOException if {@code out} can't be written
   */
  int write(Found found, boolean json) throws IOException {
    if (json) {
      json(found);
    } else {
      lines(found);
    }
    found.passedOver().forEach((key, why) -> err.println("passed over: " + key + ": " + why));
    if (found.missing().isEmpty()) {
      return 0;
    }
    found.missing().forEach(name -> err.println("not found: " + name));
    found.looked().forEach(err::println);
    int passedOver = found.passedOver().size();
    if (passedOver > 0) {
      err.println(
          "it may be announced by a manifest that was passed over; these are: " + passedOver);
    }
    err.println("it may still be on the queue, or a dead letter (millrace redrive list);");
    err.println("millrace audit tells what became of every batch of a writer");
    return passedOver > 0 ? 2 : 1;
  }

  private void lines(Found found) throws IOException {
    for (FoundPart part : found.parts()) {
      err.println(part.heading());
      err.flush();
      for (byte[] line : part.lines()) {
        out.write(line);
        out.write('\n');
      }
      out.flush();
    }
  }

  private void json(Found found) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeArrayFieldStart("found");
      for (FoundPart part : found.parts()) {
        write(json, part);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("missing");
      for (String name : found.missing()) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("passed_over");
      for (String key : found.passedOver().keySet()) {
        json.writeString(key);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(JsonGenerator json, FoundPart part) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", part.name());
    json.writeStringField("object", part.object());
    json.writeNumberField("offset", part.offset());
    json.writeNumberField("length", part.length());
    json.writeArrayFieldStart("lines");
    for (byte[] line : part.lines()) {
      json.writeRawValue(new String(line, StandardCharsets.UTF_8));
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
