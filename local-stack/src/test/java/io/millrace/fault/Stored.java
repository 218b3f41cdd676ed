package io.millrace.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.local.StoredLines;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What lies in the bucket, line by line.
 *
 * @param lines every copy of each line, by its id
 * @param batches the data objects that hold a batch, by its id; checkpoints too, which have no line
 */
record Stored(Map<String, List<Copy>> lines, Map<String, List<String>> batches) {
  private static final String ID = "{\"id\":\"";
  private static final String PAYLOAD = ",\"payload\":";

  /**
   * A line in an object.
   *
   * @param sha256 of the payload
   * @param at when the object was there
   */
  record Copy(String object, String sha256, Instant at) {}

  /** Reads all data objects in a bucket's folder, and the manifests of those. */
  static Stored read(Path bucket) throws IOException {
    Stored stored = new Stored(new HashMap<>(), new HashMap<>());
    for (Path file : StoredLines.files(bucket)) {
      String key = bucket.relativize(file).toString();
      stored.addLines(file, key);
      stored.addBatches(bucket, key);
    }
    return stored;
  }

  private void addLines(Path file, String key) throws IOException {
    Instant at = Files.getLastModifiedTime(file).toInstant();
    // A byte is a character here: hashes are over bytes.
    try (var in =
        new BufferedReader(new InputStreamReader(StoredLines.unpacked(file), ISO_8859_1))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String id = line.substring(ID.length(), line.indexOf('"', ID.length()));
        int payload = line.indexOf(PAYLOAD) + PAYLOAD.length();
        String hash = sha256(line.substring(payload, line.length() - 1).getBytes(ISO_8859_1));
        lines.computeIfAbsent(id, n -> new ArrayList<>(1)).add(new Copy(key, hash, at));
      }
    }
  }

  /** A manifest counts if what lies at its key is as long as it says; else that is a tombstone. */
  private void addBatches(Path bucket, String key) throws IOException {
    Path file = bucket.resolve(new ObjectKeys("").manifest(key));
    Manifest manifest = Manifest.fromJson(Files.readAllBytes(file));
    if (manifest.bytes() == Files.size(bucket.resolve(key))) {
      for (Manifest.Entry entry : manifest.batches()) {
        batches.computeIfAbsent(entry.batch(), n -> new ArrayList<>(1)).add(key);
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
