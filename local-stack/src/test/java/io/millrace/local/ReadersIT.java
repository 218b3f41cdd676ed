package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the tiers wrote, with an empty object beside it, read by programs that are not ours: the
 * JDK's gzip and zstd-jni, DuckDB by the queries of the docs, the zstd and gzip commands.
 */
@Timeout(180)
class ReadersIT {
  private static final JsonMapper JSON = new JsonMapper();

  /** Payloads that readers have stumbled over; each its own line. */
  private static final List<String> PAYLOADS =
      List.of(
          "{\"event\":\"plain\",\"n\":1}",
          "{\"event\":\"twice\",\"event\":\"twice\"}",
          "{\"event\":\"case\",\"EVENT\":\"other\"}",
          "{\"event\":\"large\",\"n\":1e999}",
          "{\"event\":\"nul\",\"s\":\"\\u0000\"}",
          "{\"event\":\"lone\",\"s\":\"\\ud800\"}",
          "{ \"event\" : \"breaks\" ,\r\n \"s\" : \"\u00e4\u20ac\ud83d\ude00\" }");

  @TempDir static Path root;

  @BeforeAll
  static void store() throws Exception {
    for (Codec codec : Codec.values()) {
      Path dataDir = root.resolve(codec.label());
      try (PipelineProcesses processes =
              new PipelineProcesses(dataDir, Map.of("CODEC", codec.label()));
          JavaProcess web = processes.web();
          JavaProcess worker = processes.worker();
          Load load = new Load(PipelineProcesses.target(web))) {
        post(PipelineProcesses.target(web));
        load.awaitMore(1_000);
        load.stop();
        assertThat(web.terminate()).isZero();
        processes.awaitEmptyQueue();
        assertThat(worker.terminate()).isZero();
      }
      Path hour = StoredLines.files(bucket(codec)).get(0).getParent();
      Files.write(hour.resolve("0-TOMBSTONE-1" + codec.suffix()), codec.emptyFrame());
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void javaStreams_readEveryPayloadWithItsBytes(Codec codec) throws IOException {
    List<String> lines = StoredLines.texts(bucket(codec));

    assertThat(lines).hasSizeGreaterThan(1_000).doesNotHaveDuplicates();
    for (String payload : PAYLOADS) {
      String stored = payload.replace("\\ud800", "\\ufffd").replace('\r', ' ').replace('\n', ' ');
      assertThat(lines)
          .filteredOn(line -> line.endsWith(",\"payload\":" + stored + "}"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void duckDb_byTheViewOfTheDocs_readsTheSameLines(Codec codec) throws Exception {
    String view =
        Readme.page("docs/reading.md")
            .blockAfter("## DuckDB")
            .split(";", 2)[0]
            .replace("telemetry/dt=", bucket(codec) + "/dt=")
            .replace(Codec.ZSTD.suffix(), codec.suffix());
    Map<String, JsonNode> expected = new HashMap<>();
    for (JsonNode line : StoredLines.read(bucket(codec))) {
      expected.put(line.get("id").asText(), line);
    }
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(view);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id, key, strftime(received_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS at, version,"
                  + " token, payload::VARCHAR AS payload FROM lines")) {
        int count = 0;
        for (; rows.next(); count++) {
          assertSame(expected.get(rows.getString("id")), rows);
        }
        assertThat(count).isEqualTo(expected.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void duckDb_byTheQueryOfTheReadme_countsEveryPayload(Codec codec) throws Exception {
    String query =
        Readme.page("README.md")
            .blockAfter("<!-- ci: duckdb -->")
            .replace(".millrace/objects/telemetry", bucket(codec).toString())
            .replace(Codec.ZSTD.suffix(), codec.suffix());
    long payloads = 0;
    List<String> events = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        payloads += rows.getLong("payloads");
        events.add(rows.getString("event"));
      }
    }
    assertThat(payloads).isEqualTo(StoredLines.texts(bucket(codec)).size());
    assertThat(events).contains("plain", "twice", "case", "large", "nul", "lone", "breaks");
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void command_readsTheSameLines(Codec codec) throws Exception {
    String command = codec == Codec.ZSTD ? "zstd" : "gzip";
    List<String> line = new ArrayList<>(List.of(command, "-dc"));
    StoredLines.files(bucket(codec)).forEach(file -> line.add(file.toString()));
    Process process;
    try {
      process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      abort("the command " + command + " is not installed: " + e.getMessage());
      return;
    }
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines).isEqualTo(StoredLines.texts(bucket(codec)));
  }

  private static void assertSame(JsonNode expected, ResultSet row)
      throws SQLException, IOException {
    assertThat(row.getString("key")).isEqualTo(expected.path("key").textValue());
    assertThat(row.getString("at")).isEqualTo(expected.get("received_at").asText());
    assertThat(row.getString("version")).isEqualTo(expected.get("version").asText());
    assertThat(row.getString("token")).isEqualTo(expected.get("token").asText());
    assertThat(JSON.readTree(row.getString("payload"))).isEqualTo(expected.get("payload"));
  }

  private static void post(URI target) throws IOException, InterruptedException {
    String body =
        "{\"version\":\"1\",\"token\":\"readers\",\"data\":[" + String.join(",", PAYLOADS) + "]}";
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "once")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(202);
  }

  private static Path bucket(Codec codec) {
    return root.resolve(codec.label()).resolve("objects").resolve("telemetry");
  }
}
