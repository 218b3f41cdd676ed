package io.millrace.toolbox.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.BatchId;
import io.millrace.toolbox.audit.SampleAudit;
import io.millrace.toolbox.audit.SampleBatch;
import io.millrace.toolbox.hours.HourRange;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final long OPENED = SampleBatch.OPENED;
  private static final long HOUR = SampleBatch.HOUR;

  /** The hour of {@link #OPENED}. */
  private static final Scope ONE_HOUR =
      new Scope(
          new HourRange(
              Instant.parse("2026-11-23T03:00:00Z"), Instant.parse("2026-11-23T04:00:00Z")),
          null);

  private final WriterFacts facts = new WriterFacts(SampleBatch.WRITER);
  private Scope scope = SampleAudit.EVERYTHING;
  private boolean settled = true;

  private void storedAt(long seq, long opened) {
    facts.stored(new Sighting(seq, opened, 1, "o" + seq, 0, 10, 0));
  }

  private void stored(long... numbers) {
    for (long number : numbers) {
      storedAt(number, OPENED);
    }
  }

  private WriterReport judge() {
    return Judgement.judge(facts, scope, settled);
  }

  @Test
  void judge_allStoredOnce_isClean() {
    stored(1, 2, 3);
    WriterReport report = judge();
    assertThat(report.isClean()).isTrue();
    assertThat(report.stored()).hasToString("1-3");
    assertThat(report.last()).isEqualTo(3);
    assertThat(report.payloads()).isEqualTo(3);
  }

  @Test
  void judge_holeBelowEnded_isMissing() {
    stored(1, 4);
    facts.ended(4, true);
    assertThat(judge().missing()).hasToString("2-3");
  }

  @Test
  void judge_holeBelowEndedQueueNotSettled_isUnsettled() {
    settled = false;
    stored(1, 4);
    facts.ended(4, true);
    assertThat(judge().unsettled()).hasToString("2-3");
    assertThat(judge().missing().isEmpty()).isTrue();
  }

  @Test
  void judge_endedToldOnlyAfterTheFirstLook_isUnsettledFromThere() {
    stored(1, 6);
    facts.ended(3, true);
    facts.ended(5, false);
    WriterReport report = judge();
    assertThat(report.missing()).hasToString("2");
    assertThat(report.unsettled()).hasToString("3-4");
    assertThat(report.open()).hasToString("5");
  }

  @Test
  void judge_endedNotTold_isOpen() {
    stored(1, 3);
    assertThat(judge().open()).hasToString("2");
  }

  @Test
  void judge_lastBatchLostButAnnounced_isMissing() {
    stored(1);
    facts.ended(1, true);
    facts.sent(Sighting.foreign(2, OPENED, 0, "o"), true);
    WriterReport report = judge();
    assertThat(report.missing()).hasToString("2");
    assertThat(report.last()).isEqualTo(2);
  }

  @Test
  void judge_announcedAfterTheFirstLook_isUnsettledUnlessItHadEnded() {
    stored(1, 4);
    facts.sent(Sighting.foreign(2, OPENED, 0, "o"), false);
    facts.sent(Sighting.foreign(3, OPENED, 0, "o"), false);
    facts.ended(3, true);
    WriterReport report = judge();
    assertThat(report.missing()).hasToString("2");
    assertThat(report.unsettled()).hasToString("3");
  }

  @Test
  void judge_abandoned_isFineWhetherStoredOrNot() {
    stored(1, 3, 4);
    facts.ended(4, true);
    facts.abandoned(List.of(2L, 3L));
    WriterReport report = judge();
    assertThat(report.isClean()).isTrue();
    assertThat(report.abandoned()).hasToString("2");
    assertThat(report.stored()).hasToString("1, 3-4");
  }

  @Test
  void judge_abandonedAndStoredTwice_isDouble() {
    stored(1, 2, 2);
    facts.abandoned(List.of(2L));
    assertThat(judge().doubles()).containsOnlyKeys(2L);
  }

  @Test
  void judge_storedTwice_namesTheObjects() {
    stored(1);
    facts.stored(Sighting.foreign(1, OPENED, 1, "copy"));
    assertThat(judge().doubles()).containsEntry(1L, List.of("o1", "copy"));
    assertThat(judge().stored().count()).isEqualTo(1);
  }

  @Test
  void judge_deadLetter_isDeadLetteredUnlessStored() {
    stored(1, 2, 4);
    facts.ended(4, true);
    facts.letter(2, OPENED);
    facts.letter(3, OPENED);
    facts.letter(5, OPENED);
    WriterReport report = judge();
    assertThat(report.deadLettered()).hasToString("3, 5");
    assertThat(report.missing().isEmpty()).isTrue();
    assertThat(report.stored()).hasToString("1-2, 4");
  }

  @Test
  void judge_deadLetterThatIsNoneNow_isUnsettledUnlessStored() {
    stored(1, 3, 5);
    facts.ended(5, true);
    facts.earlierLetter(2, OPENED);
    facts.earlierLetter(3, OPENED);
    facts.earlierLetter(4, OPENED);
    facts.acknowledged(4);
    facts.earlierLetter(6, OPENED);
    facts.letter(6, OPENED);
    facts.earlierLetter(7, OPENED);
    WriterReport report = judge();
    assertThat(report.unsettled()).hasToString("2, 4, 7");
    assertThat(report.deadLettered()).hasToString("6");
    assertThat(report.missing().isEmpty()).isTrue();
  }

  @Test
  void judge_receiptNamesAbsentNumber_isMissingWhateverHeadersTold() {
    stored(1);
    facts.abandoned(List.of(2L));
    facts.acknowledged(2);
    facts.acknowledged(4);
    WriterReport report = judge();
    assertThat(report.missing()).hasToString("2, 4");
    assertThat(report.open()).hasToString("3");
  }

  @Test
  void judge_receiptNamesDeadLetter_isDeadLettered() {
    stored(1);
    facts.letter(2, OPENED);
    facts.acknowledged(2);
    assertThat(judge().deadLettered()).hasToString("2");
  }

  @Test
  void judge_absurdNumber_endsAtOnce() {
    stored(1, BatchId.MAX_SEQ);
    assertThat(judge().open().count()).isEqualTo(BatchId.MAX_SEQ - 2);
  }

  @Test
  void judge_range_leavesOutWhatNeighboursShowToBeElsewhere() {
    scope = ONE_HOUR;
    storedAt(10, OPENED - HOUR);
    storedAt(11, OPENED);
    storedAt(13, OPENED);
    storedAt(14, OPENED + HOUR);
    storedAt(20, OPENED + HOUR);
    facts.ended(20, true);
    WriterReport report = judge();
    assertThat(report.stored()).hasToString("11, 13");
    assertThat(report.missing()).hasToString("12");
    assertThat(report.last()).isEqualTo(13);
  }

  @Test
  void judge_holesAtTheSeams_areJudgedWithEitherHour() {
    scope = ONE_HOUR;
    storedAt(10, OPENED - HOUR);
    storedAt(12, OPENED);
    storedAt(14, OPENED + HOUR);
    facts.ended(14, true);
    assertThat(judge().missing()).hasToString("11, 13");
  }

  @Test
  void judge_holeOverTheWholeRange_isFound() {
    scope = ONE_HOUR;
    storedAt(10, OPENED - HOUR);
    storedAt(12, OPENED + HOUR);
    facts.ended(12, true);
    assertThat(judge().missing()).hasToString("11");
  }

  @Test
  void judge_rangeWithoutNeighbours_beginsWithTheFirstSeen() {
    String began = "01M82W000000000000000000XX".substring(0, 26);
    WriterFacts old = new WriterFacts(began);
    old.stored(new Sighting(7, OPENED, 1, "o", 0, 1, 0));
    old.stored(new Sighting(9, OPENED, 1, "o", 0, 1, 0));
    old.ended(9, true);
    WriterReport report = Judgement.judge(old, ONE_HOUR, true);
    assertThat(report.missing()).hasToString("8");
    assertThat(report.last()).isEqualTo(9);
    assertThat(report.unseenBelow()).isEqualTo(7);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void judge_writerSeenAgainAfterTheRange_tellsThatNumbersMayBelongIntoIt() {
    WriterFacts old = new WriterFacts("01M82W000000000000000000XX");
    old.stored(new Sighting(7, OPENED + HOUR, 1, "o", 0, 1, 0));
    old.ended(7, true);
    WriterReport report = Judgement.judge(old, ONE_HOUR, true);
    assertThat(report.unseenBelow()).isEqualTo(7);
    assertThat(report.last()).isZero();
    assertThat(report.missing().isEmpty()).isTrue();
    assertThat(report.open().isEmpty()).isTrue();
  }

  @Test
  void judge_predecessorSeenOrNoneThere_leavesNothingUnseen() {
    scope = ONE_HOUR;
    storedAt(10, OPENED - HOUR);
    storedAt(11, OPENED);
    assertThat(judge().unseenBelow()).isZero();

    WriterFacts old = new WriterFacts("01M82W000000000000000000XX");
    old.stored(new Sighting(1, OPENED, 1, "o", 0, 1, 0));
    assertThat(Judgement.judge(old, ONE_HOUR, true).unseenBelow()).isZero();
  }

  @Test
  void judge_writerBeganInTheRange_isJudgedFrom1() {
    scope = ONE_HOUR;
    storedAt(3, OPENED);
    facts.ended(3, true);
    assertThat(judge().missing()).hasToString("1-2");
  }

  @Test
  void judge_nothingInTheRange_isNoReport() {
    scope = ONE_HOUR;
    storedAt(1, OPENED + HOUR);
    storedAt(2, OPENED + HOUR);
    assertThat(judge()).isNull();
  }

  @Test
  void judge_frontier_tellsWhatHoldsTheWatermark() {
    storedAt(1, OPENED);
    storedAt(3, OPENED + 30);
    storedAt(5, OPENED + 50);
    facts.ended(3, true);
    facts.stored(new Sighting(6, OPENED + 60, 0, "o", 0, 9, 0));
    assertThat(judge().frontier())
        .isEqualTo(new WriterFrontier(OPENED + 60, true, OPENED, OPENED + 30));
  }

  @Test
  void judge_anyFacts_putsEachNumberIntoOnePlace() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      WriterFacts any = randomFacts(random);
      WriterReport report = Judgement.judge(any, SampleAudit.EVERYTHING, random.nextBoolean());
      if (report == null) {
        continue;
      }
      TreeMap<Long, String> places = new TreeMap<>();
      List.of(
              report.stored(),
              report.abandoned(),
              report.deadLettered(),
              report.missing(),
              report.unsettled(),
              report.open())
          .forEach(
              ranges -> {
                for (Ranges.Range range : ranges.list()) {
                  for (long n = range.first(); n <= range.last(); n++) {
                    assertThat(places.put(n, ranges.toString())).isNull();
                  }
                }
              });
      assertThat(places).hasSize((int) report.last());
      assertThat(report.stored().count())
          .isEqualTo(any.sightings().stream().mapToLong(Sighting::seq).distinct().count());
    }
  }

  private static WriterFacts randomFacts(Random random) {
    WriterFacts facts = new WriterFacts(SampleBatch.WRITER);
    for (int i = 0; i < 12; i++) {
      long seq = random.nextLong(1, 21);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> facts.stored(new Sighting(seq, OPENED, 1, "o", 0, 1, 0));
        case 3 -> facts.abandoned(List.of(seq));
        case 4 -> facts.letter(seq, OPENED);
        case 5 -> facts.earlierLetter(seq, OPENED);
        case 6 -> facts.sent(Sighting.foreign(seq, OPENED, 0, "o"), random.nextBoolean());
        default -> facts.ended(seq, random.nextBoolean());
      }
    }
    return facts;
  }
}
