package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code audit} on what the pipeline has stored: all is proven, and each damage by hand is found.
 */
@Timeout(180)
class AuditIT {
  private static final int PAYLOADS = 4_000;

  @TempDir static Path root;

  private static PipelineProcesses processes;
  private static Path receipts;

  @BeforeAll
  static void store() throws Exception {
    processes = new PipelineProcesses(root.resolve("data"), Map.of());
    receipts = root.resolve("receipts");
    Path events = root.resolve("events.ndjson");
    Files.write(events, IntStream.range(0, PAYLOADS).mapToObj(n -> "{\"n\":" + n + "}").toList());
    try (JavaProcess web = processes.web();
        JavaProcess worker = processes.worker()) {
      String url = PipelineProcesses.target(web).toString();
      ToolboxProcess post =
          processes.toolbox(
              "post", "--url", url, "--receipts", receipts.toString(), events.toString());
      assertThat(post.exitCode()).isZero();
      assertThat(web.terminate()).isZero();
      processes.awaitEmptyQueue();
      assertThat(worker.terminate()).isZero();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    processes.close();
  }

  private record Result(int exit, JsonNode json) {}

  private static Result audit(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("audit", "--json"));
    arguments.addAll(List.of(options));
    ToolboxProcess audit = processes.toolbox(arguments.toArray(String[]::new));
    return new Result(audit.exitCode(), new JsonMapper().readTree(audit.out()));
  }

  private static Path firstObject() throws IOException {
    return StoredLines.files(processes.bucket()).get(0);
  }

  private static String key(Path object) {
    return processes.bucket().relativize(object).toString();
  }

  @Test
  void audit_withReceipts_provesEveryPayload() throws Exception {
    Result result = audit("--receipts", receipts.toString(), "--deep", "--watermark");
    assertThat(result.json.at("/receipts/acknowledged").asInt()).isEqualTo(PAYLOADS);
    assertThat(result.json.at("/receipts/proven").asInt()).isEqualTo(PAYLOADS);
    assertThat(result.json.at("/total/payloads").asInt()).isEqualTo(PAYLOADS);
    assertThat(result.json.at("/watermark/upTo").asText()).matches("\\d{4}-.*Z");
    assertThat(result.json.at("/watermark/heldBy").asText()).isEqualTo("the look at the queue");
    assertThat(result.exit).isZero();
  }

  @Test
  void audit_objectRemoved_namesItsBatchesMissing() throws Exception {
    Path object = firstObject();
    Path aside = Files.move(object, root.resolve("aside"));
    try {
      Result result = audit("--receipts", receipts.toString());
      assertThat(result.exit).isEqualTo(1);
      assertThat(result.json.at("/total/missing").asInt()).isPositive();
      assertThat(result.json.at("/receipts/missing").asInt()).isPositive();
    } finally {
      Files.move(aside, object);
    }
  }

  @Test
  void audit_objectCopied_namesItsBatchesDouble() throws Exception {
    Path object = firstObject();
    Path copy = object.resolveSibling("1-COPY-1.ndjson.zst");
    Files.copy(object, copy);
    try {
      Result result = audit();
      assertThat(result.exit).isEqualTo(1);
      assertThat(result.json.at("/total/double").asInt()).isPositive();
      assertThat(result.json.at("/writers/0/double/0/objects").toString())
          .contains(key(object), key(copy));
    } finally {
      Files.delete(copy);
    }
  }

  @Test
  void audit_bitFlipped_namesTheFrame() throws Exception {
    Path object = firstObject();
    byte[] whole = Files.readAllBytes(object);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(object, damaged);
    try {
      Result result = audit("--deep");
      assertThat(result.exit).isEqualTo(1);
      JsonNode damage = result.json.at("/damaged/0");
      assertThat(damage.get("object").asText()).isEqualTo(key(object));
      assertThat(damage.get("batch").asText()).isNotEmpty();
      assertThat(damage.get("what").asText()).contains("crc32c");
    } finally {
      Files.write(object, whole);
    }
  }
}
