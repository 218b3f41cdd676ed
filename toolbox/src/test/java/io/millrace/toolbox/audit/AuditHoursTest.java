package io.millrace.toolbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.Verdict;
import io.millrace.toolbox.hours.HourRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of some hours of many. */
class AuditHoursTest {
  private static final String W = SampleBatch.WRITER;
  private static final Instant THREE = Instant.parse("2026-11-23T03:00:00Z");
  private static final HourRange THREE_O_CLOCK = new HourRange(THREE, THREE.plusSeconds(3600));

  private final SampleAudit audit = new SampleAudit();

  private static Verdict verdict(AuditReport report) {
    return Verdict.of(report);
  }

  @Test
  void run_rangeThatIsOver_needsAnEmptyQueueAllTheSame() throws Exception {
    audit.scope = new Scope(THREE_O_CLOCK, null);
    audit.ticker.advance(Duration.ofHours(3));
    audit.store(SampleBatch.of(1));
    audit.store(SampleBatch.of(2).opened(SampleBatch.OPENED + SampleBatch.HOUR));
    assertThat(audit.exit()).isZero();

    audit.enqueue(SampleBatch.of(9));
    assertThat(verdict(audit.run()).unsure()).singleElement().asString().contains("not empty");
  }

  @Test
  void run_range_readsTheHoursAroundForTheSeam() throws Exception {
    long hour = SampleBatch.HOUR;
    long opened = SampleBatch.OPENED;
    audit.store(SampleBatch.of(1).opened(opened - 2 * hour));
    audit.store(SampleBatch.of(5).opened(opened - hour));
    audit.store(SampleBatch.of(6), SampleBatch.of(8));
    audit.store(SampleBatch.of(9).opened(opened + hour).abandoned(7L));
    audit.scope = new Scope(THREE_O_CLOCK, null);
    AuditReport report = audit.run();
    assertThat(report.writers()).hasSize(1);
    assertThat(report.writers().get(0).stored()).hasToString("6, 8");
    assertThat(report.writers().get(0).abandoned()).hasToString("7");
    assertThat(report.findings().objects.get()).isEqualTo(1);
    assertThat(verdict(report).exitCode()).isZero();
  }

  /** Exit codes of audits of the hours from 03 to 06, each by itself. */
  private List<Integer> hourByHour() throws Exception {
    List<Integer> exits = new ArrayList<>();
    for (int hour = 0; hour < 4; hour++) {
      Instant from = THREE.plus(Duration.ofHours(hour));
      audit.scope = new Scope(new HourRange(from, from.plusSeconds(3600)), null);
      exits.add(audit.exit());
    }
    return exits;
  }

  private static SampleBatch inHour(int hour, SampleBatch batch) {
    return batch.opened(SampleBatch.OPENED + (hour - 3) * SampleBatch.HOUR);
  }

  @Test
  void run_hourByHour_healthyWriterIsFineInEach() throws Exception {
    for (int hour = 3; hour < 7; hour++) {
      audit.store(inHour(hour, SampleBatch.of(2 * hour - 5)));
      audit.store(inHour(hour, SampleBatch.of(2 * hour - 4)));
    }
    assertThat(hourByHour()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void run_hourByHour_batchLostAmongSilentHoursIsNotPassedOver() throws Exception {
    for (int hour = 3; hour < 7; hour++) {
      audit.store(inHour(hour, SampleBatch.of(SampleBatch.OTHER, hour - 2)));
    }
    audit.store(inHour(3, SampleBatch.of(1)));
    audit.store(inHour(6, SampleBatch.of(3)));
    assertThat(hourByHour()).containsExactly(0, 0, 2, 2);
    assertThat(verdict(audit.run()).unsure()).singleElement().asString().contains(W + " below 3");

    audit.scope = new Scope(new HourRange(THREE, null), null);
    assertThat(audit.exit()).isEqualTo(1);
  }

  @Test
  void run_hourByHour_batchLostInASilentHourIsMissingThere() throws Exception {
    for (int hour = 3; hour < 7; hour++) {
      audit.store(inHour(hour, SampleBatch.of(SampleBatch.OTHER, hour - 2)));
    }
    audit.store(inHour(3, SampleBatch.of(1)));
    audit.store(inHour(5, SampleBatch.of(3)));
    assertThat(hourByHour()).containsExactly(0, 1, 2, 0);
  }

  @Test
  void run_seamNotSeenWithReceipts_isOnlyNoted(@TempDir Path folder) throws Exception {
    SampleBatch batch = inHour(6, SampleBatch.of(3));
    audit.store(batch);
    Instant six = THREE.plus(Duration.ofHours(3));
    audit.scope = new Scope(new HourRange(six, null), null);
    SampleReceipts receipts = new SampleReceipts(folder.resolve("receipts"));
    receipts.add(batch.id() + "-0+1", "2026-11-23T06:35:21Z", List.of(SampleBatch.payload(0)));
    Verdict verdict = verdict(audit.run(receipts.book(audit.scope)));
    assertThat(verdict.notes()).singleElement().asString().contains(W + " below 3");
    assertThat(verdict.exitCode()).isZero();
  }
}
