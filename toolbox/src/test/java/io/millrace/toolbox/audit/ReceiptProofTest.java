package io.millrace.toolbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Codec;
import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.look.Damage;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.Verdict;
import io.millrace.toolbox.hours.HourRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receipts in layout rolled; each sample batch holds two payloads. */
class ReceiptProofTest {
  @TempDir private Path folder;

  private final SampleAudit audit = new SampleAudit();
  private SampleReceipts receipts;

  @BeforeEach
  void makeFile() {
    receipts = new SampleReceipts(folder.resolve("receipts"));
  }

  private AuditReport run() throws Exception {
    AuditReport report = audit.run(receipts.book());
    ReceiptTally tally = report.receipts().tally();
    long sum = 0;
    for (Outcome outcome : Outcome.values()) {
      sum += tally.count(outcome);
    }
    assertThat(sum).isEqualTo(report.receipts().book().payloads());
    return report;
  }

  private static long count(AuditReport report, Outcome outcome) {
    return report.receipts().tally().count(outcome);
  }

  private static int exit(AuditReport report) {
    return Verdict.of(report).exitCode();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void run_allStored_provesEveryPayload(Codec codec) throws Exception {
    SampleBatch one = SampleBatch.of(1).codec(codec);
    SampleBatch two = SampleBatch.of(2).codec(codec);
    audit.store(one, two);
    receipts.add(one.id(), 0, 1).add(one.id(), 1, 1).add(two.id(), 0, 2);
    AuditReport report = run();
    assertThat(count(report, Outcome.PROVEN)).isEqualTo(4);
    assertThat(exit(report)).isZero();
  }

  @Test
  void run_receiptsOfAnotherTimeOnly_proveNothing() throws Exception {
    SampleBatch batch = SampleBatch.of(1);
    audit.store(batch);
    receipts.add(batch.id() + "-0+1", "2026-11-20T00:00:00Z", List.of(SampleBatch.payload(0)));
    Instant hour = Instant.parse("2026-11-23T03:00:00Z");
    audit.scope = new Scope(new HourRange(hour, null), null);
    AuditReport report = audit.run(receipts.book(audit.scope));
    assertThat(Verdict.of(report).unsure()).singleElement().asString().contains("no receipt");
    assertThat(exit(report)).isEqualTo(2);
  }

  @Test
  void run_receiptOfSeveralBatches_provesEachPart() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.store(SampleBatch.of(2));
    String receipt = SampleBatch.WRITER + "-1-1+1," + SampleBatch.WRITER + "-2-0+2";
    receipts.add(
        receipt,
        SampleReceipts.AT,
        List.of(SampleBatch.payload(1), SampleBatch.payload(0), SampleBatch.payload(1)));
    assertThat(count(run(), Outcome.PROVEN)).isEqualTo(3);
  }

  @Test
  void run_batchNowhere_isMissingThoughItWouldBeOpen() throws Exception {
    audit.store(SampleBatch.of(1).ended(0), SampleBatch.of(3).ended(0));
    receipts.add(SampleBatch.of(1).id(), 0, 2).add(SampleBatch.of(2).id(), 0, 2);
    AuditReport report = run();
    assertThat(count(report, Outcome.MISSING)).isEqualTo(2);
    assertThat(report.writers().get(0).missing()).hasToString("2");
    assertThat(report.receipts().tally().problems())
        .extracting(problem -> problem.id().toString())
        .containsExactly(SampleBatch.WRITER + "-2-0", SampleBatch.WRITER + "-2-1");
    assertThat(exit(report)).isEqualTo(1);
  }

  @Test
  void run_openNumberThatNoReceiptNames_isNoReasonToDoubt() throws Exception {
    audit.store(SampleBatch.of(1).ended(0), SampleBatch.of(3).ended(0));
    assertThat(Verdict.of(audit.run()).exitCode()).isEqualTo(2);

    receipts.add(SampleBatch.of(1).id(), 0, 2).add(SampleBatch.of(3).id(), 0, 2);
    AuditReport report = run();
    assertThat(exit(report)).isZero();
    assertThat(Verdict.of(report).notes())
        .containsExactly("1 batch is open, and no receipt names it");
  }

  @Test
  void run_batchStillQueued_isUnsettled() throws Exception {
    audit.enqueue(SampleBatch.of(1));
    receipts.add(SampleBatch.of(1).id(), 0, 2);
    AuditReport report = run();
    assertThat(count(report, Outcome.UNSETTLED)).isEqualTo(2);
    assertThat(exit(report)).isEqualTo(2);
  }

  @Test
  void run_batchInTheDeadLetters_isDeadLettered() throws Exception {
    audit.bury(SampleBatch.of(1));
    receipts.add(SampleBatch.of(1).id(), 0, 2);
    AuditReport report = run();
    assertThat(count(report, Outcome.DEAD_LETTERED)).isEqualTo(2);
    assertThat(exit(report)).isEqualTo(2);
  }

  @Test
  void run_otherBytes_isDifferent() throws Exception {
    audit.store(SampleBatch.of(1));
    receipts.add(
        SampleBatch.WRITER + "-1-0+2", SampleReceipts.AT, List.of("{\"n\":0}", "{\"n\": 1}"));
    AuditReport report = run();
    assertThat(count(report, Outcome.PROVEN)).isEqualTo(1);
    assertThat(count(report, Outcome.DIFFERENT)).isEqualTo(1);
    assertThat(exit(report)).isEqualTo(1);
  }

  @Test
  void run_moreAcknowledgedThanTheBatchHolds_isMissing() throws Exception {
    audit.store(SampleBatch.of(1));
    receipts.add(SampleBatch.of(1).id(), 0, 3);
    assertThat(count(run(), Outcome.MISSING)).isEqualTo(1);
  }

  @Test
  void run_objectCopied_isDouble() throws Exception {
    String key = audit.store(SampleBatch.of(1));
    audit.put(audit.newKey(SampleBatch.of(1)), audit.store.bytes(key));
    receipts.add(SampleBatch.of(1).id(), 0, 2);
    AuditReport report = run();
    assertThat(count(report, Outcome.DOUBLE)).isEqualTo(2);
    assertThat(report.receipts().tally().problems().get(0).where()).contains(key + ", ");
  }

  @Test
  void run_lineTwiceInItsFrame_isDouble() throws Exception {
    SampleBatch batch = SampleBatch.of(1);
    String line = batch.lines().get(0);
    audit.store(batch.lines(line, line));
    receipts.add(batch.id(), 0, 1);
    assertThat(count(run(), Outcome.DOUBLE)).isEqualTo(1);
  }

  @Test
  void run_frameFlipped_isDamagedAndNotProven() throws Exception {
    String key = audit.store(SampleBatch.of(1).codec(Codec.GZIP));
    byte[] bytes = audit.store.bytes(key);
    bytes[20] ^= 1;
    audit.put(key, bytes);
    receipts.add(SampleBatch.of(1).id(), 0, 2);
    AuditReport report = run();
    assertThat(report.findings().damages()).extracting(Damage::object).contains(key);
    assertThat(count(report, Outcome.PROVEN)).isZero();
    assertThat(exit(report)).isEqualTo(1);
  }

  @Test
  void run_manifestLost_provesFromTheObjectItself() throws Exception {
    byte[] content = SampleAudit.content(SampleBatch.of(1), SampleBatch.of(2));
    audit.put(audit.newKey(SampleBatch.of(1)), content);
    receipts.add(SampleBatch.of(1).id(), 0, 2).add(SampleBatch.of(2).id(), 1, 1);
    assertThat(count(run(), Outcome.PROVEN)).isEqualTo(3);
  }

  @Test
  void run_sameReceiptTwice_isProvenTwice() throws Exception {
    audit.store(SampleBatch.of(1));
    receipts.add(SampleBatch.of(1).id(), 0, 2).add(SampleBatch.of(1).id(), 0, 2);
    assertThat(count(run(), Outcome.PROVEN)).isEqualTo(4);
  }
}
