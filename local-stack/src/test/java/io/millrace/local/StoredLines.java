package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the lines of all data objects in a bucket's folder, with zstd-jni and java.util.zip. */
public final class StoredLines {
  private static final JsonMapper JSON = new JsonMapper();

  private StoredLines() {}

  /** The data objects' files. */
  public static List<Path> files(Path bucket) throws IOException {
    try (var all = Files.walk(bucket)) {
      return all.filter(file -> file.toString().matches(".*/dt=.*\\.ndjson\\.(zst|gz)"))
          .filter(file -> !file.toString().contains("/_manifests/"))
          .sorted()
          .toList();
    }
  }

  /** Every line as it is. */
  static List<String> texts(Path bucket) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(bucket)) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(unpacked(file), UTF_8))) {
        reader.lines().forEach(lines::add);
      }
    }
    return lines;
  }

  /** Every line, parsed. */
  static List<JsonNode> read(Path bucket) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : texts(bucket)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** The numbers that {@link Load} gave the payloads. */
  static List<Long> numbers(Path bucket) throws IOException {
    return read(bucket).stream().map(line -> line.get("payload").get("n").asLong()).toList();
  }

  /** What the file holds, unpacked. */
  public static InputStream unpacked(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : new ZstdInputStream(in);
  }
}
