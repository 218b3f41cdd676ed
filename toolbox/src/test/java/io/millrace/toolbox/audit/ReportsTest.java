package io.millrace.toolbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.BatchId;
import io.millrace.toolbox.audit.say.AuditJson;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.AuditText;
import io.millrace.toolbox.audit.say.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  private static final String W = SampleBatch.WRITER;

  @TempDir private Path folder;

  private final SampleAudit audit = new SampleAudit();
  private AuditReport report;

  /** One batch of every kind. */
  @BeforeEach
  void run() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(2), SampleBatch.of(2));
    audit.store(SampleBatch.of(4).abandoned(3L), SampleBatch.of(7));
    audit.bury(SampleBatch.of(5));
    audit.store(SampleBatch.of(9).ended(7));
    audit.put(audit.announce(SampleBatch.of(SampleBatch.OTHER, 1)), new byte[3]);
    SampleReceipts receipts = new SampleReceipts(folder.resolve("r"));
    receipts.add(new BatchId(W, 1), 0, 2).add(new BatchId(W, 6), 0, 1);
    report = audit.run(receipts.book());
  }

  private JsonNode json() throws Exception {
    return new JsonMapper().readTree(AuditJson.of(report, Verdict.of(report)));
  }

  private String text() {
    StringWriter text = new StringWriter();
    new AuditText(new PrintWriter(text)).print(report, Verdict.of(report), true);
    return text.toString();
  }

  @Test
  void json_everyKind_hasStableFields() throws Exception {
    JsonNode json = json();
    assertThat(json.get("v").asInt()).isEqualTo(1);
    assertThat(json.get("exit").asInt()).isEqualTo(1);
    assertThat(json.get("bucket").asText()).isEqualTo("telemetry");
    assertThat(json.get("layout").asText()).isEqualTo("rolled");
    assertThat(json.get("from").isNull()).isTrue();
    assertThat(json.at("/queue/before/visible").asInt()).isZero();
    assertThat(json.at("/queue/empty").asBoolean()).isTrue();
    assertThat(json.at("/deadLetters/read").asInt()).isEqualTo(1);
    assertThat(json.at("/objects/stored").asInt()).isEqualTo(3);
    assertThat(json.at("/damaged/0/what").asText()).contains("3 bytes");
    assertThat(json.at("/total/missing").asInt()).isEqualTo(2);
    JsonNode writer = json.at("/writers/0");
    assertThat(writer.get("writer").asText()).isEqualTo(W);
    assertThat(writer.get("began").asText()).isEqualTo("2026-11-23T03:00:00Z");
    assertThat(writer.get("unseenBelow").asInt()).isZero();
    assertThat(writer.at("/stored/ranges")).hasToString("[[1,2],[4,4],[7,7],[9,9]]");
    assertThat(writer.at("/abandoned/ranges")).hasToString("[[3,3]]");
    assertThat(writer.at("/deadLettered/ranges")).hasToString("[[5,5]]");
    assertThat(writer.at("/missing/ranges")).hasToString("[[6,6]]");
    assertThat(writer.at("/open/ranges")).hasToString("[[8,8]]");
    assertThat(writer.at("/double/0/number").asInt()).isEqualTo(2);
    assertThat(writer.at("/double/0/objects")).hasSize(2);
    assertThat(json.at("/receipts/acknowledged").asInt()).isEqualTo(3);
    assertThat(json.at("/receipts/proven").asInt()).isEqualTo(2);
    assertThat(json.at("/receipts/notProven/0/id").asText()).isEqualTo(W + "-6-0");
    assertThat(json.at("/watermark/upTo").asText()).isNotEmpty();
    assertThat(json.at("/watermark/lastHour").asText()).startsWith("dt=");
  }

  @Test
  void text_everyKind_namesNumbersAndVerdict() {
    assertThat(text())
        .contains("missing       " + W + ": 6")
        .contains("dead-lettered " + W + ": 5")
        .contains("open          " + W + ": 8")
        .contains("double        " + W + "-2 in\n")
        .contains("2 proven, 1 missing")
        .contains("watermark     2026-")
        .contains("WRONG         2 batches are missing")
        .contains("UNSURE        1 batch is in the dead letters")
        .doesNotContain("all is stored once");
  }

  @Test
  void text_everyKind_fits80ColumnsButForKeys() {
    assertThat(text().lines().filter(line -> !line.contains("dt=")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void text_countsThatDoNotFitBesideTheId_standBelowIt() throws Exception {
    SampleAudit large = new SampleAudit();
    large.store(SampleBatch.of(12_345_678).ended(12_345_670).abandoned(3L), SampleBatch.of(2));
    large.store(SampleBatch.of(2));
    large.bury(SampleBatch.of(5));
    report = large.run();
    assertThat(text().lines().filter(line -> !line.contains("dt=")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81))
        .anySatisfy(line -> assertThat(line).isEqualTo(W))
        .anySatisfy(line -> assertThat(line).startsWith("   12,345,678 "));
  }

  @Test
  void text_manyWriters_showsThoseWithFindingsAndSaysHowManyMore() throws Exception {
    for (int i = 0; i < 60; i++) {
      audit.store(SampleBatch.of(W.substring(0, 24) + (10 + i), 1));
    }
    report = audit.run();
    assertThat(text()).contains("and 22 writers more", "all 62", SampleBatch.OTHER);
    assertThat(json().get("writers")).hasSize(62);
  }

  @Test
  void text_manyWritersWithFindings_namesTheNumbersOfThoseInTheTableOnly() throws Exception {
    for (int i = 0; i < 60; i++) {
      audit.store(SampleBatch.of(W.substring(0, 24) + (10 + i), 2));
    }
    report = audit.run();
    assertThat(text().lines().filter(line -> line.startsWith("missing "))).hasSize(40);
    assertThat(text()).contains("and 22 writers more", "62 batches are missing");
  }

  @Test
  void text_allFine_saysSo() throws Exception {
    SampleAudit fine = new SampleAudit();
    fine.store(SampleBatch.of(1));
    report = fine.run();
    assertThat(text())
        .contains(W + "    1      1\n", "none          abandoned, double, dead-")
        .contains("OK            all is stored once")
        .doesNotContain("WRONG");
  }
}
