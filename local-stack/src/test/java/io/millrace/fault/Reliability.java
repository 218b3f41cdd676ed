package io.millrace.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps the figures of the cases: a line for each in {@code target/reliability.ndjson}, and the
 * table of all lines there in {@code target/reliability.md}.
 */
final class Reliability {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path FIGURES = Path.of("target", "reliability.ndjson");
  private static final Path TABLE = Path.of("target", "reliability.md");
  private static final Path LOGS = Path.of("target", "fault-logs");

  private Reliability() {}

  /** Adds a case's figures. */
  static synchronized void record(String name, int rounds, Verdict verdict, long seed)
      throws IOException {
    String line =
        JSON.createObjectNode()
                .put("fault", name)
                .put("rounds", rounds)
                .put("acknowledged", verdict.acknowledged())
                .put("lost", verdict.lost().size())
                .put("double", verdict.doubled().size())
                .put("longestRecoveryMs", verdict.longestRecovery().toMillis())
                .put("seed", seed)
                .put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            + "\n";
    Files.writeString(FIGURES, line, UTF_8, CREATE, APPEND);
    Files.write(TABLE, table(Files.readAllLines(FIGURES)));
  }

  /** Where the logs of a case's processes go. */
  static Path logs(String name) {
    return LOGS.resolve(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
  }

  private static List<String> table(List<String> figures) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(machine());
    lines.add("");
    lines.add("| fault | rounds | acknowledged | lost | double | longest recovery |");
    lines.add("|---|---:|---:|---:|---:|---:|");
    for (String line : figures) {
      lines.add(row(JSON.readTree(line)));
    }
    return lines;
  }

  private static String row(JsonNode of) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %,d | %d | %d | %.1f s |",
        of.get("fault").asText(),
        of.get("rounds").asInt(),
        of.get("acknowledged").asInt(),
        of.get("lost").asInt(),
        of.get("double").asInt(),
        of.get("longestRecoveryMs").asLong() / 1e3);
  }

  private static String machine() {
    return "Measured on %s: %d cores, %s %s, JDK %s."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }
}
