package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit --receipts} where each payload is an object of its own. */
@Timeout(180)
class AuditPayloadLayoutIT {
  private static final int PAYLOADS = 200;

  @TempDir Path root;

  @Test
  void audit_withReceipts_provesEveryPayloadAndFindsWhatIsGoneOrDouble() throws Exception {
    Path receipts = root.resolve("receipts");
    Path events = root.resolve("events.ndjson");
    Files.write(events, IntStream.range(0, PAYLOADS).mapToObj(n -> "{\"n\":" + n + "}").toList());
    Map<String, String> settings = Map.of("OBJECT_LAYOUT", "payload", "KEY_PREFIX", "raw/");
    try (PipelineProcesses processes = new PipelineProcesses(root.resolve("data"), settings);
        JavaProcess web = processes.web();
        JavaProcess worker = processes.worker()) {
      String url = PipelineProcesses.target(web).toString();
      ToolboxProcess post =
          processes.toolbox(
              "post", "--url", url, "--receipts", receipts.toString(), events.toString());
      assertThat(post.exitCode()).isZero();
      assertThat(web.terminate()).isZero();
      processes.awaitEmptyQueue();
      assertThat(worker.terminate()).isZero();
      assertThat(audit(processes, receipts).get("proven").asInt()).isEqualTo(PAYLOADS);

      List<Path> objects = objects(processes.bucket());
      Files.delete(objects.get(0));
      Path folder = Files.createDirectories(processes.bucket().resolve("raw/elsewhere"));
      Files.copy(objects.get(1), folder.resolve(objects.get(1).getFileName()));
      JsonNode outcomes = audit(processes, receipts);
      assertThat(outcomes.get("missing").asInt()).isEqualTo(1);
      assertThat(outcomes.get("double").asInt()).isEqualTo(1);
      assertThat(outcomes.get("proven").asInt()).isEqualTo(PAYLOADS - 2);
    }
  }

  private static JsonNode audit(PipelineProcesses processes, Path receipts) throws Exception {
    ToolboxProcess audit = processes.toolbox("audit", "--json", "--receipts", receipts.toString());
    JsonNode outcomes = new JsonMapper().readTree(audit.out()).get("receipts");
    boolean allProven = outcomes.get("proven").asInt() == PAYLOADS;
    assertThat(audit.exitCode()).isEqualTo(allProven ? 0 : 1);
    return outcomes;
  }

  private static List<Path> objects(Path bucket) throws IOException {
    try (Stream<Path> all = Files.walk(bucket)) {
      return all.filter(file -> file.getFileName().toString().matches("[0-9A-Z]{26}-\\d+-\\d+"))
          .sorted()
          .toList();
    }
  }
}
