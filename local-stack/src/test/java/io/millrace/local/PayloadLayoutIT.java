package io.millrace.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One object a payload: each tier a process, tokens that try to leave their folder, a kill. */
@Timeout(180)
class PayloadLayoutIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int COLLECTIONS = 300;

  private static final List<String> TOKENS =
      List.of(
          "plain",
          "../..",
          "..",
          "a/b",
          "/",
          "%2e%2E",
          "quote\"back\\slash",
          "_manifests",
          "\u00e4\u20ac\ud83d\ude00",
          "a=b c",
          "\ud83d\ude00".repeat(256));

  private static final List<String> PAYLOADS =
      List.of(
          "{}",
          "{\"event\":\"twice\",\"event\":\"twice\",\"n\":1e999}",
          "{ \"event\" : \"\u00e4\\u20ac\\u0000\" , \"s\" : \"},\\\"payload\\\":{\" }",
          "{\"event\":\"process-start\",\"pid\":4312,\"args\":[\"-x\",null,true]}");

  @TempDir Path dataDir;

  /** What should be in the bucket: each object's bytes by its id, and its token. */
  private final Map<String, String> acknowledged = new TreeMap<>();

  private final Map<String, String> tokens = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip"})
  void worker_killedMidway_everyPayloadIsOneObjectByteForByte(String codec) throws Exception {
    Map<String, String> settings =
        Map.of(
            "CODEC", codec,
            "OBJECT_LAYOUT", "payload",
            "OBJECT_FOLDER", "{token}/v={version}/dt={dt}",
            "KEY_PREFIX", "in/its/place/");
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, settings);
        JavaProcess web = processes.web()) {
      post(PipelineProcesses.target(web));
      assertThat(web.terminate()).isZero();
      try (JavaProcess first = processes.worker()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(5))
            .ignoreExceptionsInstanceOf(UncheckedIOException.class) // a file is renamed meanwhile
            .until(() -> files(processes.bucket()).size() > 100);
        first.kill();
      }
      try (JavaProcess second = processes.worker()) {
        processes.awaitEmptyQueue();
        assertThat(second.terminate()).isZero();
      }

      assertStored(processes.bucket(), Pattern.compile("in/its/place/([^/]+)/v=1\\.4/dt=[0-9-]+/"));
      assertThat(processes.deadLetters()).isZero();
    }
  }

  @Test
  void local_withTheLayoutInItsEnvironment_storesWhatItAcknowledged() throws Exception {
    Map<String, String> environment = Map.of("OBJECT_LAYOUT", "payload");
    try (JavaProcess local =
        JavaProcess.start(
            Main.class,
            environment,
            "--port=0",
            "--sqs-port=0",
            "--s3-port=0",
            "--data-dir=" + dataDir)) {
      post(LocalRunIT.target(local));
      assertThat(local.terminate()).isZero();
      assertThat(local.await("payloads stored +(\\d+) in"))
          .isEqualTo(Integer.toString(acknowledged.size()));
    }
    Path bucket = dataDir.resolve("objects").resolve("telemetry");
    assertStored(bucket, Pattern.compile("dt=[0-9-]+/hour=[0-9]{2}/()"));
    assertDuckDbReads(bucket);
  }

  /** By the query of the docs. */
  private void assertDuckDbReads(Path bucket) throws Exception {
    String query =
        Readme.page("docs/reading.md")
            .blockAfter("## The layout `payload`")
            .replace("telemetry/", bucket + "/");
    Map<String, String> read = new TreeMap<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        assertThat(read.put(rows.getString("id"), rows.getString("payload"))).isNull();
        if (rows.getString("payload").contains("process-start")) {
          assertThat(rows.getString("event")).isEqualTo("process-start");
        }
      }
    }
    assertThat(read).isEqualTo(acknowledged);
  }

  /** The bucket holds what was acknowledged, each once, in the folder of its token. */
  private void assertStored(Path bucket, Pattern folder) throws IOException {
    Map<String, String> stored = new TreeMap<>();
    for (Path file : files(bucket)) {
      String id = file.getFileName().toString();
      assertThat(stored.put(id, Files.readString(file))).as(id).isNull();
      String path = bucket.relativize(file).toString();
      var matcher = folder.matcher(path.substring(0, path.length() - id.length()));
      assertThat(matcher.matches()).as(path).isTrue();
      String name = matcher.group(1);
      if (!name.isEmpty() && name.length() <= 200) {
        assertThat(URLDecoder.decode(name, UTF_8)).isEqualTo(tokens.get(id));
      }
    }
    assertThat(stored).isEqualTo(acknowledged);
  }

  /** All objects but the worker's look at the store, and what a killed PUT left of an upload. */
  private static List<Path> files(Path bucket) throws IOException {
    try (var all = Files.walk(bucket)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("[0-9A-Z]{26}-\\d+-\\d+"))
          .toList();
    }
  }

  private void post(URI target) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < COLLECTIONS; i++) {
      String token = TOKENS.get(i % TOKENS.size());
      List<String> payloads = new ArrayList<>(PAYLOADS);
      payloads.add("{\"n\":" + i + "}");
      String body =
          "{\"version\":\"1.4\",\"token\":%s,\"data\":[%s]}"
              .formatted(JSON.writeValueAsString(token), String.join(" , ", payloads));
      HttpRequest request =
          HttpRequest.newBuilder(target)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(202);
      acknowledge(JSON.readTree(answer.body()).get("receipt").asText(), token, payloads);
    }
  }

  private void acknowledge(String receipt, String token, List<String> payloads) {
    int next = 0;
    for (Receipt part : Receipt.parse(receipt)) {
      for (int n = part.first(); n < part.first() + part.count(); n++) {
        acknowledged.put(part.batch() + "-" + n, payloads.get(next++));
        tokens.put(part.batch() + "-" + n, token);
      }
    }
    assertThat(next).isEqualTo(payloads.size());
  }
}
