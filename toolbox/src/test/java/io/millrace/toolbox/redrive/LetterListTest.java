package io.millrace.toolbox.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.SampleBodies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterListTest {
  private static final Instant NOW = Instant.parse("2026-11-25T05:35:20Z");

  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> ticker.now().epochMs());

  private final StringWriter table = new StringWriter();
  private final StringWriter json = new StringWriter();
  private final StringWriter err = new StringWriter();

  private LetterList read(String reason) throws InterruptedException {
    try (DeadLetterQueue letters = new DeadLetterQueue(dead, ticker)) {
      return LetterList.read(letters, reason);
    }
  }

  private void bury(String body, String reason, String at) {
    dead.send(body, Map.of("reason", reason, "dead-lettered-at", at), Duration.ofSeconds(1));
  }

  @Test
  void table_twoLetters_isByTime() throws Exception {
    bury(SampleBodies.of(8), "received too often", "2026-11-25T05:35:10Z");
    bury("hello", "no header line", "2026-11-23T02:00:00Z");
    LetterList list = read("");

    assertThat(list.table(NOW).lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "ID TIME AGE BATCH PAYLOADS BYTES REASON",
            "m2 2026-11-23T02:00:00Z 2d 3h - - 5 no header line",
            "m1 2026-11-25T05:35:10Z 10s "
                + SampleBodies.WRITER
                + "-8 1 "
                + SampleBodies.of(8).length()
                + " received too often");
    assertThat(list.summary()).isEqualTo("dead letters: 2");
  }

  @Test
  void json_twoLetters_isOneDocument() throws Exception {
    bury(SampleBodies.of(8), "received too often", "2026-11-25T05:35:10Z");
    dead.send("hello", Map.of(), Duration.ofSeconds(1));
    JsonNode document = new JsonMapper().readTree(read("").json(NOW));

    assertThat(document.get("others").asInt()).isZero();
    JsonNode policy = document.get("letters").get(0);
    assertThat(policy.get("reason").asText()).startsWith("moved by the queue's redrive policy");
    assertThat(policy.get("fault").asText()).isEqualTo("no header line");
    assertThat(policy.has("batch")).isFalse();
    JsonNode letter = document.get("letters").get(1);
    assertThat(letter.get("batch").asText()).isEqualTo(SampleBodies.WRITER + "-8");
    assertThat(letter.get("age_seconds").asInt()).isEqualTo(10);
    assertThat(letter.has("fault")).isFalse();
  }

  @Test
  void read_reason_listsOnlyThose() throws Exception {
    bury(SampleBodies.of(8), "received too often", "2026-11-25T05:35:10Z");
    bury("hello", "no header line", "2026-11-23T02:00:00Z");
    assertThat(read("header").rows()).extracting(LetterList.Row::id).containsExactly("m2");
  }

  @Test
  void summary_nothingThere_saysSo() throws Exception {
    assertThat(read("").table(NOW)).isEmpty();
    assertThat(read("").summary()).isEqualTo("no dead letters");
    assertThat(read("").json(NOW)).isEqualTo("{\"letters\":[],\"others\":0}");
  }

  @Test
  void summary_someHidden_saysSo() throws Exception {
    bury("hello", "r", "2026-11-23T02:00:00Z");
    dead.receive(10, Duration.ZERO, Duration.ofMinutes(1));
    assertThat(read("").summary()).contains("no dead letters", "about 1 more");
  }

  @Test
  void print_countRefused_printsWhatWasReadAndSaysSo() throws Exception {
    bury(SampleBodies.of(8), "received too often", "2026-11-25T05:35:10Z");
    dead.failCountsWith(new QueueException("counts: access denied", new IOException()));
    LetterList list = read("");

    assertThat(list.print(out(table), out(err), false, NOW)).isEqualTo(1);
    assertThat(table.toString()).contains("m1 ", "received too often");
    assertThat(err.toString())
        .contains("dead letters: 1; the queue does not tell", "counts: access denied");

    assertThat(list.print(out(json), out(err), true, NOW)).isEqualTo(1);
    JsonNode document = new JsonMapper().readTree(json.toString());
    assertThat(document.get("letters")).hasSize(1);
    assertThat(document.get("others").isNull()).isTrue();
  }

  @Test
  void print_counted_exits0() throws Exception {
    bury("hello", "no header line", "2026-11-23T02:00:00Z");
    assertThat(read("").print(out(table), out(err), false, NOW)).isZero();
    assertThat(err.toString().strip()).isEqualTo("dead letters: 1");
    assertThat(read("").print(out(json), out(new StringWriter()), true, NOW)).isZero();
    assertThat(json.toString()).startsWith("{\"letters\":[");
  }

  private static PrintWriter out(StringWriter to) {
    return new PrintWriter(to, true);
  }
}
