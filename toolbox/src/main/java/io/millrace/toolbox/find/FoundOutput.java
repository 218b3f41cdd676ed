package io.millrace.toolbox.find;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.model.Receipt;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what was found. Stateless and thread-safe. */
final class FoundOutput {
  private static final JsonFactory JSON = new JsonFactory();

  private FoundOutput() {}

  /**
   * The lines as they are to {@code out}, which is not closed, and where they lie to {@code err}.
   */
  static void lines(List<FoundPart> found, OutputStream out, PrintWriter err) throws IOException {
    for (FoundPart part : found) {
      err.println(part.heading());
      err.flush();
      for (byte[] line : part.lines()) {
        out.write(line);
        out.write('\n');
      }
    }
    out.flush();
  }

  /** One JSON document with the lines in it to {@code out}, which is not closed. */
  static void json(List<FoundPart> found, List<Receipt> missing, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeArrayFieldStart("found");
      for (FoundPart part : found) {
        write(json, part);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("missing");
      for (Receipt part : missing) {
        json.writeString(part.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(JsonGenerator json, FoundPart part) throws IOException {
    json.writeStartObject();
    json.writeStringField("receipt", part.part().toString());
    json.writeStringField("object", part.place().object());
    json.writeNumberField("offset", part.place().entry().offset());
    json.writeNumberField("length", part.place().entry().length());
    json.writeArrayFieldStart("lines");
    for (byte[] line : part.lines()) {
      json.writeRawValue(new String(line, StandardCharsets.UTF_8));
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
