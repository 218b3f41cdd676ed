package io.millrace.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.Hour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages and a manifest as the first version wrote them, without {@code ended} and {@code
 * opened}, beside those of this version: what an upgrade finds on the queue and in the bucket. Of
 * the old writer, batch 1 is stored and comes again, 2 was abandoned, 3 is new, 4 is its
 * checkpoint.
 */
@Timeout(180)
class FirstFormatIT {
  private static final int NEW_PAYLOADS = 40;

  private static final Pattern OPENED = Pattern.compile("\"opened\":(\\d+)");

  /** The hour in which the old batches were opened, ms since the epoch. */
  private static final long WRITTEN_HOUR_MS = 1_795_424_400_000L;

  /** A week ago: a worker takes no batch that was opened more than 30 days before it was sent. */
  private final Hour hour = Hour.of(Instant.now().minus(7, DAYS).toEpochMilli());

  @TempDir Path root;

  @Test
  void worker_messagesOfBothFormatsOnOneQueue_areStoredOnceAndAudited() throws Exception {
    try (PipelineProcesses processes = new PipelineProcesses(root.resolve("data"), Map.of())) {
      placeOldObject(processes.bucket());
      for (int number : new int[] {1, 3, 4}) {
        processes.queue().send(text("message-" + number), Map.of(), Duration.ofSeconds(5));
      }
      try (JavaProcess web = processes.web();
          JavaProcess worker = processes.worker()) {
        postNewOnes(processes, web);
        assertThat(web.terminate()).isZero();
        processes.awaitEmptyQueue();
        assertThat(worker.terminate()).isZero();
      }

      assertThat(processes.deadLetters()).isZero();
      assertThat(oldNumbers(processes.bucket()))
          .containsExactlyInAnyOrder(1000L, 1001L, 1002L, 3000L, 3001L);
      assertAudited(processes.toolbox("audit", "--json", "--deep"));
    }
  }

  private void postNewOnes(PipelineProcesses processes, JavaProcess web) throws Exception {
    Path events = root.resolve("events.ndjson");
    Files.writeString(events, "{\"new\":true}\n".repeat(NEW_PAYLOADS));
    String url = PipelineProcesses.target(web).toString();
    assertThat(processes.toolbox("post", "--url", url, events.toString()).exitCode()).isZero();
  }

  /** As the first version's worker left it: the frame of batch 1, and the manifest before it. */
  private void placeOldObject(Path bucket) throws IOException {
    String manifest = text("manifest-1");
    String key = new JsonMapper().readTree(manifest).get("object").asText();
    String frame = text("message-1").split("\n", 2)[1];
    write(bucket.resolve(key), Base64.getDecoder().decode(frame));
    write(bucket.resolve("_manifests").resolve(key + ".json"), manifest.getBytes(US_ASCII));
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static List<Long> oldNumbers(Path bucket) throws IOException {
    return StoredLines.read(bucket).stream()
        .filter(line -> line.get("token").asText().equals("first-format"))
        .map(line -> line.get("payload").get("n").asLong())
        .toList();
  }

  private static void assertAudited(ToolboxProcess audit) throws IOException {
    assertThat(audit.exitCode()).as(audit.out()).isZero();
    JsonNode total = new JsonMapper().readTree(audit.out()).get("total");
    assertThat(total.get("payloads").asInt()).isEqualTo(5 + NEW_PAYLOADS);
    assertThat(total.get("abandoned").asInt()).isEqualTo(1);
    assertThat(total.get("missing").asInt()).isZero();
    assertThat(total.get("double").asInt()).isZero();
  }

  private String text(String name) throws IOException {
    try (InputStream in = FirstFormatIT.class.getResourceAsStream("/first-format/" + name)) {
      long shift = hour.start().toEpochMilli() - WRITTEN_HOUR_MS;
      return OPENED
          .matcher(new String(in.readAllBytes(), US_ASCII))
          .replaceAll(opened -> "\"opened\":" + (Long.parseLong(opened.group(1)) + shift))
          .replace(Hour.of(WRITTEN_HOUR_MS).path(), hour.path());
    }
  }
}
