package io.millrace.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * What is posted: real endpoint events where there are some, else generated ones. The folder of
 * real ones is the system property {@code millrace.events}, or {@code ../shared/data} beside the
 * checkout.
 */
final class Events {
  private static final int GENERATED = 4_000;
  private static final List<String> ODD =
      List.of("\\ud83d\\ude00", "ü 漢字", "\\ud800", "\\\"quoted\\\"", "C:\\\\Windows\\\\a", "");

  private Events() {}

  /**
   * Files of NDJSON.
   *
   * @param scratch where generated ones are laid
   */
  static List<Path> files(Path scratch) throws IOException {
    Path folder = Path.of(System.getProperty("millrace.events", "../../shared/data"));
    if (Files.isDirectory(folder)) {
      try (var all = Files.list(folder)) {
        List<Path> real = all.filter(f -> f.toString().endsWith(".ndjson.gz")).sorted().toList();
        if (!real.isEmpty()) {
          return real;
        }
      }
    }
    return List.of(generated(scratch.resolve("generated.ndjson")));
  }

  private static Path generated(Path file) throws IOException {
    Random random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      for (int n = 0; n < GENERATED; n++) {
        String odd = ODD.get(random.nextInt(ODD.size()));
        String pad = Long.toHexString(random.nextLong()).repeat(1 + random.nextInt(150));
        out.write(
            "{\"n\": %d, \"host\": \"h%d\", \"odd\": \"%s\", \"deep\": {\"pad\": [\"%s\", 1e3]}}%n"
                .formatted(n, random.nextInt(50), odd, pad));
      }
    }
    return file;
  }
}
