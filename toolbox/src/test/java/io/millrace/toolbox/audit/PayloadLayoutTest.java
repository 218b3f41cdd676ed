package io.millrace.toolbox.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BatchId;
import io.millrace.toolbox.audit.judge.LineId;
import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.Verdict;
import io.millrace.toolbox.bucket.BucketLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadLayoutTest {
  private static final BatchId BATCH = new BatchId(SampleBatch.WRITER, 1);

  @TempDir private Path folder;

  private final SampleAudit audit = new SampleAudit();
  private SampleReceipts receipts;

  @BeforeEach
  void chooseLayout() {
    audit.layout = BucketLayout.PAYLOAD;
    receipts = new SampleReceipts(folder.resolve("receipts"));
  }

  private String put(String place, int n, String payload) {
    String key = "raw/" + place + "/" + BATCH + "-" + n;
    audit.put(key, payload.getBytes(UTF_8));
    return key;
  }

  private long count(Outcome outcome) throws Exception {
    return audit.run(receipts.book()).receipts().tally().count(outcome);
  }

  @Test
  void run_allThere_exits0() throws Exception {
    for (int n = 0; n < 5; n++) {
      put("1/demo", n, SampleBatch.payload(n));
    }
    audit.put("raw/_probe", new byte[1]);
    receipts.add(BATCH, 0, 2).add(BATCH, 3, 2);
    AuditReport report = audit.run(receipts.book());
    assertThat(report.receipts().tally().count(Outcome.PROVEN)).isEqualTo(4);
    assertThat(report.findings().objects.get()).isEqualTo(5);
    assertThat(Verdict.of(report).exitCode()).isZero();
  }

  @Test
  void run_withoutReceipts_exits2AndSaysWhy() throws Exception {
    put("1/demo", 0, SampleBatch.payload(0));
    Verdict verdict = Verdict.of(audit.run());
    assertThat(verdict.exitCode()).isEqualTo(2);
    assertThat(verdict.unsure()).anyMatch(s -> s.contains("--receipts"));
  }

  @Test
  void run_emptyFileOfReceipts_provesNothing() throws Exception {
    put("1/demo", 0, SampleBatch.payload(0));
    Verdict verdict = Verdict.of(audit.run(receipts.raw("").book()));
    assertThat(verdict.unsure()).singleElement().asString().contains("no receipt");
  }

  @Test
  void run_payloadNowhere_isMissingOrUnsettledByTheQueue() throws Exception {
    put("1/demo", 0, SampleBatch.payload(0));
    receipts.add(BATCH, 0, 2);
    assertThat(count(Outcome.MISSING)).isEqualTo(1);

    audit.enqueue(SampleBatch.of(9));
    assertThat(count(Outcome.UNSETTLED)).isEqualTo(1);
  }

  @Test
  void run_batchInTheDeadLetters_isDeadLettered() throws Exception {
    audit.bury(SampleBatch.of(1));
    receipts.add(BATCH, 0, 2);
    assertThat(count(Outcome.DEAD_LETTERED)).isEqualTo(2);
  }

  @Test
  void run_batchSentBackMeanwhile_isUnsettled() throws Exception {
    audit.bury(SampleBatch.of(1));
    audit.beforeLetters(2, audit::unbury);
    receipts.add(BATCH, 0, 2);
    assertThat(count(Outcome.UNSETTLED)).isEqualTo(2);
  }

  @Test
  void run_idUnderTwoFolders_isDouble() throws Exception {
    put("1/demo", 0, SampleBatch.payload(0));
    put("1/other", 0, SampleBatch.payload(0));
    receipts.add(BATCH, 0, 1);
    AuditReport report = audit.run(receipts.book());
    assertThat(report.receipts().tally().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.outcome()).isEqualTo(Outcome.DOUBLE);
              assertThat(problem.where()).contains("raw/1/");
            });
    assertThat(Verdict.of(report).exitCode()).isEqualTo(1);
  }

  @Test
  void run_otherBytes_isDifferentAndNamed() throws Exception {
    String key = put("1/demo", 0, "{}");
    receipts.add(BATCH, 0, 1);
    AuditReport report = audit.run(receipts.book());
    assertThat(report.receipts().tally().problems())
        .containsExactly(new ReceiptTally.Problem(new LineId(BATCH, 0), Outcome.DIFFERENT, key));
  }
}
