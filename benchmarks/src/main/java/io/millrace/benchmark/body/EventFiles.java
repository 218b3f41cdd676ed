package io.millrace.benchmark.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Collections of real events: the lines of NDJSON files, plain or with gzip or zstd inside. */
public final class EventFiles {
  private static final int GZIP_MAGIC = 0x1f;
  private static final int ZSTD_MAGIC = 0x28;

  private EventFiles() {}

  /**
   * Cuts files into collections of {@code spec.payloads()} lines, up to {@code spec.count()} of
   * them; {@code spec.bytes()} and the seed are not looked at.
   *
   * @throws IOException if a file can't be read, or they have no line together
   */
  public static List<CollectionBody> read(List<Path> files, BodySpec spec) throws IOException {
    List<CollectionBody> bodies = new ArrayList<>();
    List<String> payloads = new ArrayList<>();
    long total = 0;
    for (Path file : files) {
      try (BufferedReader lines = open(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (bodies.size() == spec.count() || total > BodySpec.MAX_TOTAL_BYTES) {
            return bodies;
          }
          if (!line.isBlank()) {
            payloads.add(line);
          }
          if (payloads.size() == spec.payloads()) {
            CollectionBody body = body(payloads, spec.encoding());
            total += body.bytes().length;
            bodies.add(body);
            payloads.clear();
          }
        }
      }
    }
    if (!payloads.isEmpty()) {
      bodies.add(body(payloads, spec.encoding()));
    }
    if (bodies.isEmpty()) {
      throw new IOException("no events in " + files);
    }
    return bodies;
  }

  /**
   * Bytes of a collection before compression, on average over those that {@link #read} makes.
   *
   * @throws IOException likewise
   */
  public static int meanBytes(List<Path> files, BodySpec spec) throws IOException {
    List<CollectionBody> plain = read(files, spec.encoded(Encoding.NONE));
    return (int) plain.stream().mapToInt(body -> body.bytes().length).average().orElseThrow();
  }

  private static CollectionBody body(List<String> payloads, Encoding encoding) {
    String text =
        "{\"version\":\"1\",\"token\":\"bench\",\"data\":[" + String.join(",", payloads) + "]}";
    return new CollectionBody(encoding.encode(text.getBytes(UTF_8)), payloads.size());
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    raw.mark(1);
    int first = raw.read();
    raw.reset();
    InputStream plain =
        switch (first) {
          case GZIP_MAGIC -> new GZIPInputStream(raw);
          case ZSTD_MAGIC -> new ZstdInputStream(raw);
          default -> raw;
        };
    return new BufferedReader(new InputStreamReader(plain, UTF_8));
  }
}
