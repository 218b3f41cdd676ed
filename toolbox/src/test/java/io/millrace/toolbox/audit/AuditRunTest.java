package io.millrace.toolbox.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import io.millrace.queue.QueueException;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.judge.WriterReport;
import io.millrace.toolbox.audit.look.Damage;
import io.millrace.toolbox.audit.say.AuditReport;
import io.millrace.toolbox.audit.say.Verdict;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditRunTest {
  private static final String W = SampleBatch.WRITER;

  private static final Instant THREE = Instant.parse("2026-11-23T03:00:00Z");
  private static final HourRange THREE_O_CLOCK = new HourRange(THREE, THREE.plusSeconds(3600));

  private final SampleAudit audit = new SampleAudit();

  private static WriterReport only(AuditReport report) {
    assertThat(report.writers()).hasSize(1);
    return report.writers().get(0);
  }

  private static Verdict verdict(AuditReport report) {
    return Verdict.of(report);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void run_allStored_exits0(Codec codec) throws Exception {
    audit.deep = true;
    audit.store(SampleBatch.of(1).codec(codec), SampleBatch.of(2).codec(codec));
    audit.store(SampleBatch.of(3).checkpoint().codec(codec), SampleBatch.of(4).codec(codec));
    AuditReport report = audit.run();
    assertThat(verdict(report)).isEqualTo(new Verdict(List.of(), List.of(), List.of()));
    assertThat(only(report).stored()).hasToString("1-4");
    assertThat(only(report).payloads()).isEqualTo(6);
    assertThat(report.findings().objects.get()).isEqualTo(2);
  }

  @Test
  void run_numbersThatNobodyReaches_areDamagedAndNotCounted() throws Exception {
    long absurd = BatchId.MAX_SEQ;
    audit.store(SampleBatch.of(1), SampleBatch.of(absurd), SampleBatch.of(2));
    audit.store(SampleBatch.of(3).ended(absurd));
    AuditReport report = audit.run();
    assertThat(report.findings().damages())
        .extracting(Damage::batch)
        .containsExactlyInAnyOrder(W + "-" + absurd, W + "-3");
    assertThat(only(report).stored()).hasToString("1-2");
    assertThat(only(report).open().count()).isZero();
    assertThat(only(report).missing().count()).isZero();
    assertThat(verdict(report).exitCode()).isEqualTo(1);
  }

  @Test
  void run_deadLetterWithANumberThatNobodyReaches_namesNoBatch() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.bury(SampleBatch.of(BatchId.MAX_SEQ));
    AuditReport report = audit.run();
    assertThat(report.letters().nameless()).isEqualTo(1);
    assertThat(only(report).open().count()).isZero();
  }

  @Test
  void run_oneBatchWithOtherBytesElsewhere_isDamagedThoughItIsStoredOnce() throws Exception {
    SampleBatch forged = SampleBatch.of(1).lines(SampleBatch.line(SampleBatch.of(1).id(), 0));
    String stored = audit.store(SampleBatch.of(1));
    audit.announce(forged);
    assertThat(audit.run().findings().damages()).extracting(Damage::object).containsExactly(stored);

    audit.announce(SampleBatch.of(2));
    audit.store(SampleBatch.of(2));
    assertThat(audit.run().findings().damages()).as("equal bytes").hasSize(1);
  }

  @Test
  void run_oneBatchTwiceWithOtherBytes_isDoubleAndDamaged() throws Exception {
    SampleBatch forged = SampleBatch.of(1).lines(SampleBatch.line(SampleBatch.of(1).id(), 0));
    String first = audit.store(SampleBatch.of(1));
    String second = audit.store(forged);
    AuditReport report = audit.run();
    assertThat(only(report).doubles()).containsOnlyKeys(1L);
    assertThat(report.findings().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.object()).isIn(first, second))
        .satisfies(damage -> assertThat(damage.what()).contains("one is forged"));
  }

  @Test
  void run_manifestTooLargeToRead_isDamagedAndItsObjectRead() throws Exception {
    String key = audit.newKey(SampleBatch.of(1));
    audit.put(audit.keys.manifest(key), new byte[Manifest.MAX_BYTES + 1]);
    audit.put(key, SampleAudit.content(SampleBatch.of(1)));
    AuditReport report = audit.run();
    assertThat(report.findings().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.what()).contains("its manifest has 67108865 bytes"));
    assertThat(report.findings().foreign()).containsExactly(key);
  }

  @Test
  void run_nothingThere_asksWhetherItIsTheRightPlace() throws Exception {
    assertThat(verdict(audit.run()).unsure()).singleElement().asString().contains("prefix");
    audit.scope = new Scope(THREE_O_CLOCK, null);
    assertThat(audit.exit()).isEqualTo(2);

    audit.store(SampleBatch.of(1));
    assertThat(audit.exit()).isZero();
    audit.scope = new Scope(THREE_O_CLOCK, SampleBatch.OTHER);
    assertThat(audit.exit()).isEqualTo(2);
  }

  @Test
  void run_objectRemovedByHand_namesItsBatchesMissing() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(2));
    audit.announce(SampleBatch.of(3), SampleBatch.of(4));
    AuditReport report = audit.run();
    assertThat(only(report).missing()).hasToString("3-4");
    assertThat(report.findings().neverStored.get()).isEqualTo(1);
    assertThat(verdict(report).exitCode()).isEqualTo(1);
    assertThat(verdict(report).wrong()).containsExactly("2 batches are missing");
  }

  @Test
  void run_batchRemovedWithoutATrace_isMissing() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    assertThat(only(audit.run()).missing()).hasToString("2");
  }

  @Test
  void run_objectCopied_namesItsBatchesDouble() throws Exception {
    String key = audit.store(SampleBatch.of(1), SampleBatch.of(2));
    String copy = audit.newKey(SampleBatch.of(1));
    audit.put(copy, audit.store.bytes(key));
    AuditReport report = audit.run();
    assertThat(only(report).doubles()).containsOnlyKeys(1L, 2L);
    assertThat(only(report).doubles().get(1L)).containsExactly(key, copy);
    assertThat(report.findings().foreign()).containsExactly(copy);
    assertThat(verdict(report).exitCode()).isEqualTo(1);
  }

  @Test
  void run_objectCopiedWithItsManifest_isDoubleAndDamaged() throws Exception {
    String key = audit.store(SampleBatch.of(1));
    String copy = audit.newKey(SampleBatch.of(1));
    audit.put(copy, audit.store.bytes(key));
    audit.put(audit.keys.manifest(copy), audit.store.bytes(audit.keys.manifest(key)));
    AuditReport report = audit.run();
    assertThat(only(report).doubles()).containsOnlyKeys(1L);
    assertThat(report.findings().damages()).extracting(Damage::object).containsExactly(copy);
  }

  @Test
  void run_batchInTwoRolls_isDouble() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(2));
    audit.store(SampleBatch.of(2));
    assertThat(only(audit.run()).doubles()).containsOnlyKeys(2L);
  }

  @Test
  void run_deepAndABitFlipped_namesObjectBatchAndOffset() throws Exception {
    SampleBatch first = SampleBatch.of(1);
    String key = audit.store(first, SampleBatch.of(2), SampleBatch.of(3));
    byte[] bytes = audit.store.bytes(key);
    bytes[first.frame().length + 15] ^= 4;
    audit.put(key, bytes);
    assertThat(audit.exit()).isZero();

    audit.deep = true;
    AuditReport report = audit.run();
    assertThat(report.findings().damages()).hasSize(1);
    Damage damage = report.findings().damages().get(0);
    assertThat(damage.object()).isEqualTo(key);
    assertThat(damage.batch()).isEqualTo(W + "-2");
    assertThat(damage.offset()).isEqualTo(first.frame().length);
    assertThat(damage.what()).contains("crc32c");
    assertThat(verdict(report).exitCode()).isEqualTo(1);
  }

  @Test
  void run_tombstone_isAFencedRollThatWasNeverStored() throws Exception {
    String fenced = audit.announce(SampleBatch.of(1), SampleBatch.of(2));
    audit.put(fenced, Codec.ZSTD.emptyFrame());
    audit.store(SampleBatch.of(1), SampleBatch.of(2));
    AuditReport report = audit.run();
    assertThat(verdict(report).exitCode()).isZero();
    assertThat(report.findings().tombstones.get()).isEqualTo(1);
  }

  @Test
  void run_objectOfAnotherSize_isDamagedAndItsBatchesMissing() throws Exception {
    String key = audit.announce(SampleBatch.of(1));
    audit.put(key, new byte[50]);
    AuditReport report = audit.run();
    assertThat(report.findings().damages()).singleElement().asString().contains(key, "50 bytes");
    assertThat(only(report).missing()).hasToString("1");
  }

  @Test
  void run_loneCheckpoint_isDataThoughAsShortAsATombstone() throws Exception {
    audit.store(SampleBatch.of(1).checkpoint());
    assertThat(only(audit.run()).stored()).hasToString("1");
  }

  @Test
  void run_objectOfOthersBytes_isDamaged() throws Exception {
    audit.put(audit.newKey(SampleBatch.of(1)), "not compressed at all".getBytes(UTF_8));
    AuditReport report = audit.run();
    assertThat(report.findings().damages()).singleElement().asString().contains("no manifest");
  }

  @Test
  void run_manifestLost_countsItsObjectAsStored() throws Exception {
    SampleBatch batch = SampleBatch.of(1);
    audit.put(audit.newKey(batch), batch.frame());
    AuditReport report = audit.run();
    assertThat(only(report).stored()).hasToString("1");
    assertThat(verdict(report).exitCode()).isZero();
    assertThat(verdict(report).notes()).containsExactly("1 object has no manifest");
  }

  @Test
  void run_manifestOfNonsense_isDamaged() throws Exception {
    String key = audit.store(SampleBatch.of(1));
    audit.put(audit.keys.manifest(key), "{}".getBytes(UTF_8));
    AuditReport report = audit.run();
    assertThat(report.findings().damages()).extracting(Damage::object).containsExactly(key);
    assertThat(only(report).stored()).hasToString("1");
  }

  @Test
  void run_messagesOnTheQueue_leaveTheAbsentUnsettled() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    audit.enqueue(SampleBatch.of(2));
    AuditReport report = audit.run();
    assertThat(only(report).unsettled()).hasToString("2");
    assertThat(verdict(report).exitCode()).isEqualTo(2);
  }

  @Test
  void run_messagesOnTheQueueAndNothingAbsent_exits2() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.enqueue(SampleBatch.of(2));
    assertThat(verdict(audit.run()).unsure()).singleElement().asString().contains("not empty");
  }

  @Test
  void run_sentAndAnnouncedAfterTheFirstLook_isUnsettled() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.queues =
        () -> {
          audit.store(SampleBatch.of(3));
          return audit.queue;
        };
    AuditReport report = audit.run();
    assertThat(report.looks().empty()).isTrue();
    assertThat(only(report).unsettled()).hasToString("2");
  }

  @Test
  void run_queueEmpty_looksAgainAfterSomeSeconds() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.run();
    assertThat(audit.ticker.pauses()).hasSize(1);
  }

  @Test
  void run_noAccessToTheQueue_exits2AndSaysSo() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    audit.queues =
        () -> {
          throw new QueueException("queue millrace: access denied", new IOException());
        };
    AuditReport report = audit.run();
    assertThat(only(report).unsettled()).hasToString("2");
    assertThat(verdict(report).exitCode()).isEqualTo(2);
    assertThat(verdict(report).unsure()).anyMatch(s -> s.contains("access denied"));
  }

  @Test
  void run_deadLetter_isNotMissingButExits2() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    audit.bury(SampleBatch.of(2));
    AuditReport report = audit.run();
    assertThat(only(report).deadLettered()).hasToString("2");
    assertThat(verdict(report).exitCode()).isEqualTo(2);
    assertThat(verdict(report).unsure()).containsExactly("1 batch is in the dead letters");
    assertThat(audit.deadLetters.counts().visible()).isEqualTo(1);
  }

  @Test
  void run_deadLetterWithoutAReadableHeader_mayBeOursAndExits2() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.deadLetters.send("nonsense", Map.of(), Duration.ofSeconds(1));
    assertThat(verdict(audit.run()).unsure()).singleElement().asString().contains("no batch");
  }

  @Test
  void run_deadLetterThatIsStored_isOnlyNoted() throws Exception {
    audit.store(SampleBatch.of(1));
    audit.bury(SampleBatch.of(1));
    AuditReport report = audit.run();
    assertThat(verdict(report).exitCode()).isZero();
    assertThat(verdict(report).notes()).hasSize(1);
  }

  @Test
  void run_deadLetterSentBackAndStoredBehindTheListing_isUnsettled() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(4));
    audit.bury(SampleBatch.of(3).abandoned(2L));
    audit.beforeLetters(
        2,
        () -> {
          audit.unbury();
          audit.store(SampleBatch.of(3));
        });
    AuditReport report = audit.run();
    assertThat(report.looks().empty()).isTrue();
    assertThat(only(report).unsettled()).hasToString("3");
    assertThat(only(report).abandoned()).hasToString("2");
    assertThat(verdict(report).exitCode()).isEqualTo(2);
  }

  @Test
  void run_deadLetterSentBackBeforeItWasRead_isSeenOnTheQueue() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    audit.bury(SampleBatch.of(2));
    audit.beforeLetters(
        1,
        () -> {
          audit.unbury();
          audit.enqueue(SampleBatch.of(2));
        });
    AuditReport report = audit.run();
    assertThat(report.looks().before().total()).isEqualTo(1);
    assertThat(only(report).unsettled()).hasToString("2");
  }

  @Test
  void run_earlierDeadLettersOutOfReach_leaveTheAbsentUnsettled() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    audit.beforeLetters(
        1,
        () -> {
          throw new QueueException("no answer", new IOException());
        });
    assertThat(only(audit.run()).unsettled()).hasToString("2");
  }

  @Test
  void run_deadLettersOutOfReach_leaveTheAbsentUnsettled() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3));
    audit.letters =
        () -> {
          throw new QueueException("no such queue: millrace-dlq", new IOException());
        };
    AuditReport report = audit.run();
    assertThat(only(report).unsettled()).hasToString("2");
    assertThat(verdict(report).unsure()).anyMatch(s -> s.contains("millrace-dlq"));
  }

  @Test
  void run_abandonedToldByALaterHeader_isFine() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(3).abandoned(2L));
    AuditReport report = audit.run();
    assertThat(only(report).abandoned()).hasToString("2");
    assertThat(verdict(report).exitCode()).isZero();
  }

  @Test
  void run_abandonedToldByADeadLetter_isFine() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(4).ended(4));
    audit.bury(SampleBatch.of(3).abandoned(2L));
    AuditReport report = audit.run();
    assertThat(only(report).abandoned()).hasToString("2");
    assertThat(only(report).missing().isEmpty()).isTrue();
  }

  @Test
  void run_twoWriters_areJudgedApart() throws Exception {
    audit.store(SampleBatch.of(1), SampleBatch.of(SampleBatch.OTHER, 2));
    AuditReport report = audit.run();
    assertThat(report.writers()).extracting(WriterReport::writer).hasSize(2).isSorted();
    assertThat(report.writers().get(0).isClean()).isTrue();
    assertThat(report.writers().get(1).missing()).hasToString("1");

    audit.scope = new Scope(new HourRange(null, null), W);
    assertThat(audit.exit()).isZero();
  }
}
