package io.millrace.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One payload that was answered with 202.
 *
 * @param line the id of the line that has to hold it
 * @param sha256 of the payload, as it is to be stored
 * @param at when the answer came
 */
record Acknowledged(String line, String sha256, Instant at) {
  private static final JsonMapper JSON = new JsonMapper();

  /** All payloads of the files that {@code post} kept. */
  static List<Acknowledged> read(List<Path> receipts) throws IOException {
    List<Acknowledged> all = new ArrayList<>();
    for (Path file : receipts) {
      for (String line : Files.readAllLines(file)) {
        add(all, JSON.readTree(line));
      }
    }
    return all;
  }

  private static void add(List<Acknowledged> all, JsonNode kept) {
    Instant at = Instant.parse(kept.get("at").asText());
    Iterator<JsonNode> payloads = kept.get("payloads").elements();
    for (Receipt part : Receipt.parse(kept.get("receipt").asText())) {
      for (int n = part.first(); n < part.first() + part.count(); n++) {
        all.add(new Acknowledged(part.batch() + "-" + n, payloads.next().asText(), at));
      }
    }
    if (payloads.hasNext()) {
      throw new IllegalStateException("a receipt for fewer payloads than were sent: " + kept);
    }
  }
}
