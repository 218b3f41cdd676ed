package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tiers write to stderr as processes; to stdout goes the ready line. */
@Timeout(120)
class LogFormatIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dataDir;

  @Test
  void json_underLoad_isAnObjectALineAndNoLineARequest() throws Exception {
    try (PipelineProcesses processes =
            new PipelineProcesses(dataDir, Map.of("LOG_FORMAT", "json"));
        JavaProcess web = processes.web();
        JavaProcess worker = processes.worker();
        Load load = new Load(PipelineProcesses.target(web))) {
      load.awaitMore(500);
      Set<Long> acknowledged = load.stop();
      assertThat(web.terminate()).isZero();
      processes.awaitEmptyQueue();
      assertThat(worker.terminate()).isZero();

      assertThat(messages(web)).hasSizeLessThan(acknowledged.size() / 10);
      assertThat(messages(worker).stream().filter(text -> text.startsWith("Stored ")))
          .hasSameSizeAs(StoredLines.files(processes.bucket()));
    }
  }

  @Test
  void json_asAnOption_winsFromTheFirstLineOn() throws Exception {
    try (PipelineProcesses processes =
            new PipelineProcesses(dataDir, Map.of("LOG_FORMAT", "text"));
        JavaProcess web = processes.web("--log-format", "json")) {
      PipelineProcesses.target(web);
      assertThat(web.terminate()).isZero();

      assertThat(messages(web)).first().asString().startsWith("Settings: ");
    }
  }

  @Test
  void json_startThatFails_isAnObject() throws Exception {
    try (PipelineProcesses processes =
            new PipelineProcesses(dataDir, Map.of("LOG_FORMAT", "json"));
        JavaProcess web = processes.web("--linger-ms", "x")) {
      assertThat(web.exitCode()).isEqualTo(78);

      assertThat(messages(web)).singleElement().asString().startsWith("configuration: LINGER_MS");
    }
  }

  private static boolean isNoEvent(String line) {
    return !line.startsWith("{");
  }

  private static List<String> messages(JavaProcess process) throws IOException {
    List<String> messages = new ArrayList<>();
    // Before the first, logback tells that the class path of tests has its file several times.
    for (String line : process.lines().stream().dropWhile(LogFormatIT::isNoEvent).toList()) {
      if (line.startsWith("{\"ready\":")) {
        continue;
      }
      JsonNode event = JSON.readTree(line);
      assertThat(event.get("level").textValue()).isIn("INFO", "WARN", "ERROR");
      assertThat(event.get("timestamp").isIntegralNumber()).isTrue();
      messages.add(event.get("formattedMessage").textValue());
    }
    return messages;
  }
}
