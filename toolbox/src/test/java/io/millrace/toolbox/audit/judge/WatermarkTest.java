package io.millrace.toolbox.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final Instant LOOKED = Instant.parse("2026-11-23T05:30:00Z");
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final long NEVER = WriterFrontier.NEVER;

  private static long before(long minutes) {
    return LOOKED.minus(Duration.ofMinutes(minutes)).toEpochMilli();
  }

  private static WriterReport writer(String id, WriterFrontier frontier) {
    Ranges none = new Ranges();
    return new WriterReport(
        id, 0, 9, 0, none, 0, none, new TreeMap<>(), none, none, none, none, frontier);
  }

  private static Watermark busy(WriterReport... writers) {
    return Watermark.of(List.of(writers), false, LOOKED, GRACE);
  }

  private static Instant ago(long minutes) {
    return Instant.ofEpochMilli(before(minutes));
  }

  @Test
  void emptyQueue_isAMinuteBeforeTheLook() {
    WriterReport open = writer("a", new WriterFrontier(before(20), false, NEVER, before(30)));
    Watermark watermark = Watermark.of(List.of(open), true, LOOKED, GRACE);
    assertThat(watermark.upTo()).isEqualTo(ago(1));
    assertThat(watermark.lastHour()).hasToString("dt=2026-11-23/hour=04");
  }

  @Test
  void emptyQueue_missingBatch_holdsIt() {
    WriterReport missing = writer("a", new WriterFrontier(before(20), false, before(45), NEVER));
    Watermark watermark = Watermark.of(List.of(missing), true, LOOKED, GRACE);
    assertThat(watermark.upTo()).isEqualTo(ago(45));
    assertThat(watermark.heldBy()).contains("writer a", "absent");
    assertThat(watermark.lastHour()).hasToString("dt=2026-11-23/hour=03");
  }

  @Test
  void busyQueue_isTheSlowestWritersLastBatch() {
    Watermark watermark =
        busy(
            writer("a", new WriterFrontier(before(12), false, NEVER, NEVER)),
            writer("b", new WriterFrontier(before(15), false, NEVER, NEVER)));
    assertThat(watermark.upTo()).isEqualTo(ago(15));
    assertThat(watermark.heldBy()).contains("writer b", "last known");
  }

  @Test
  void busyQueue_isNeverLaterThanNowMinusTheGrace() {
    assertThat(busy(writer("a", new WriterFrontier(before(1), false, NEVER, NEVER))).upTo())
        .isEqualTo(ago(10));
  }

  @Test
  void busyQueue_checkpointHoldsNothingBack() {
    Watermark watermark =
        busy(
            writer("a", new WriterFrontier(before(2), false, NEVER, NEVER)),
            writer("b", new WriterFrontier(before(11), true, NEVER, NEVER)));
    assertThat(watermark.upTo()).isEqualTo(ago(10));
    assertThat(watermark.takenAsEnded()).isEmpty();
  }

  @Test
  void busyQueue_allQuiet_isNotLaterThanTheNewestStored() {
    assertThat(busy(writer("a", new WriterFrontier(before(40), true, NEVER, NEVER))).upTo())
        .isEqualTo(ago(40));
  }

  @Test
  void busyQueue_openNumbersHoldWhileTheirWriterIsHeardOf() {
    Watermark watermark =
        busy(writer("a", new WriterFrontier(before(12), true, NEVER, before(14))));
    assertThat(watermark.upTo()).isEqualTo(ago(14));
    assertThat(watermark.heldBy()).contains("open");
  }

  @Test
  void busyQueue_silentWriter_isTakenAsEndedAndNamed() {
    Watermark watermark =
        busy(
            writer("a", new WriterFrontier(before(12), false, NEVER, NEVER)),
            writer("b", new WriterFrontier(before(30), false, NEVER, before(31))));
    assertThat(watermark.upTo()).isEqualTo(ago(12));
    assertThat(watermark.takenAsEnded()).containsExactly("b");
  }

  @Test
  void busyQueue_silentWriterWithUnsettledBatch_holdsItAllTheSame() {
    Watermark watermark =
        busy(
            writer("a", new WriterFrontier(before(12), false, NEVER, NEVER)),
            writer("b", new WriterFrontier(before(30), false, before(31), NEVER)));
    assertThat(watermark.upTo()).isEqualTo(ago(31));
  }

  @Test
  void busyQueue_nothingStored_saysNothing() {
    Watermark watermark = busy();
    assertThat(watermark.upTo()).isNull();
    assertThat(watermark.lastHour()).isNull();
  }

  @Test
  void lastHour_exactlyAtAnHour_isTheOneBefore() {
    Watermark watermark = new Watermark(Instant.parse("2026-11-23T05:00:00Z"), "", List.of());
    assertThat(watermark.lastHour()).hasToString("dt=2026-11-23/hour=04");
  }
}
