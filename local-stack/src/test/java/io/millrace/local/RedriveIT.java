package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dead letters of a real worker, handled as an operator does. */
@Timeout(300)
class RedriveIT {
  /** As {@link Load} posts it. */
  private static final String TOKEN = "system-test";

  private static final String NOT_OURS = "password=not-ours";

  @TempDir Path dataDir;

  @Test
  void redrive_deadLettersOfAWorker_areListedShownSentAndDropped() throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(dataDir, Map.of("MAX_RECEIVES", "1"));
        JavaProcess web = processes.web()) {
      Set<Long> acknowledged = receiveOnce(processes, web);
      processes.queue().send(NOT_OURS, Map.of(), Duration.ofSeconds(5));
      try (JavaProcess worker = processes.worker()) {
        await().atMost(Duration.ofSeconds(60)).until(() -> processes.queue().counts().total() == 0);
        JsonNode letters = list(processes);
        assertThat(letters).hasSizeGreaterThan(1);
        assertThat(StoredLines.numbers(processes.bucket())).isEmpty();
        String foreign = idOf(letters, "no header line", 0);
        String good = idOf(letters, "received too often", 1);

        assertShown(processes, good, foreign);
        assertDryRunsChangeNothing(processes, letters.size());
        assertSentBackIsStored(processes, acknowledged);
        assertForeignComesBackAndIsDropped(processes);
        assertThat(worker.terminate()).isZero();
      }
    }
  }

  /** Some acknowledged payloads whose messages were received once, by nobody who stored them. */
  private static Set<Long> receiveOnce(PipelineProcesses processes, JavaProcess web)
      throws Exception {
    try (Load load = new Load(PipelineProcesses.target(web))) {
      load.awaitMore(20);
      Set<Long> acknowledged = load.stop();
      assertThat(web.terminate()).isZero();
      long left = processes.queue().counts().total();
      while (left > 0) {
        left -= processes.queue().receive(10, Duration.ofSeconds(1), Duration.ofSeconds(5)).size();
      }
      return acknowledged;
    }
  }

  private static JsonNode list(PipelineProcesses processes) throws Exception {
    ToolboxProcess list = processes.toolbox("redrive", "list", "--json");
    assertThat(list.exitCode()).as(list.err()).isZero();
    return new JsonMapper().readTree(list.out()).get("letters");
  }

  /** A checkpoint is a letter like others, but has no payload that could be shown. */
  private static String idOf(JsonNode letters, String reason, int leastPayloads) {
    for (JsonNode letter : letters) {
      if (letter.get("reason").asText().equals(reason)
          && letter.path("payloads").asInt() >= leastPayloads) {
        return letter.get("id").asText();
      }
    }
    throw new AssertionError("no letter with reason " + reason + " in " + letters);
  }

  private static void assertShown(PipelineProcesses processes, String good, String foreign)
      throws Exception {
    ToolboxProcess shown = processes.toolbox("redrive", "show", good);
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("received too often", "original-message-id", "\"token\":\"***\"")
        .doesNotContain(TOKEN);
    ToolboxProcess hidden = processes.toolbox("redrive", "show", foreign);
    assertThat(hidden.out()).contains("no header line").doesNotContain("password");
  }

  private static void assertDryRunsChangeNothing(PipelineProcesses processes, int letters)
      throws Exception {
    for (String command : List.of("send", "drop")) {
      ToolboxProcess dry = processes.toolbox("redrive", command, "--all");
      assertThat(dry.exitCode()).as(dry.err()).isZero();
      assertThat(dry.out()).contains("nothing was changed; --yes does it");
    }
    assertThat(processes.deadLetters()).isEqualTo(letters);
    assertThat(processes.queue().counts().total()).isZero();
  }

  private static void assertSentBackIsStored(PipelineProcesses processes, Set<Long> acknowledged)
      throws Exception {
    ToolboxProcess sent =
        processes.toolbox(
            "redrive", "send", "--all", "--reason", "too often", "--rate", "100", "--yes");
    assertThat(sent.exitCode()).as(sent.err()).isZero();
    assertThat(processes.deadLetters()).isEqualTo(1);
    processes.awaitEmptyQueue();
    assertThat(StoredLines.numbers(processes.bucket()))
        .containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  private static void assertForeignComesBackAndIsDropped(PipelineProcesses processes)
      throws Exception {
    ToolboxProcess sent = processes.toolbox("redrive", "send", "--all", "--yes");
    assertThat(sent.out()).contains("1 sent");
    await().atMost(Duration.ofSeconds(60)).until(() -> processes.deadLetters() == 1);
    processes.awaitEmptyQueue();
    ToolboxProcess dropped = processes.toolbox("redrive", "drop", "--all", "--yes");
    assertThat(dropped.exitCode()).as(dropped.err()).isZero();
    assertThat(processes.deadLetters()).isZero();
  }
}
