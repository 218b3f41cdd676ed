package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.MessageCodec;
import io.millrace.time.FakeTicker;
import io.millrace.time.Moment;
import io.millrace.web.Samples;
import io.millrace.web.batch.BatchNumbers.EndedNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackerTest {
  private static final Duration LINGER = Duration.ofMillis(50);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final FakeTicker ticker = new FakeTicker();
  private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);
  private final Packer packer = new Packer(new BatchQueue.Limits(1000, LINGER, SILENCE), numbers);
  private final List<Batch> closed = new ArrayList<>();

  @Test
  void add_collectionsThatFit_shareABatch() {
    PendingCollection first = add(2, 250);
    PendingCollection second = add(2, 250);

    assertThat(closed).isEmpty();
    Batch batch = packer.flush(ticker.nanos());
    assertThat(Samples.lines(batch))
        .hasSize(4)
        .element(3)
        .asString()
        .startsWith("{\"id\":\"" + Samples.WRITER + "-1-3\",");
    assertThat(first.receipt()).isEqualTo(Samples.WRITER + "-1-0+2");
    assertThat(second.receipt()).isEqualTo(Samples.WRITER + "-1-2+2");
    assertThat(batch.reservedBytes()).isEqualTo(first.bytesHeld() + second.bytesHeld());
  }

  @Test
  void add_collectionThatDoesNotFitBeside_closesTheOpenBatch() {
    add(3, 250);
    PendingCollection second = add(2, 250);

    assertThat(closed).extracting(Batch::payloads).containsExactly(3);
    assertThat(second.receipt()).isEqualTo(Samples.WRITER + "-2-0+2");
  }

  @Test
  void add_collectionLargerThanBatch_isSplit() {
    PendingCollection pending = add(9, 300);

    closed.add(packer.flush(ticker.nanos()));
    assertThat(closed).extracting(Batch::payloads).containsExactly(3, 3, 3);
    assertThat(pending.receipt())
        .isEqualTo(String.format("%1$s-1-0+3,%1$s-2-0+3,%1$s-3-0+3", Samples.WRITER));
    assertThat(closed.stream().mapToLong(Batch::reservedBytes).sum())
        .isEqualTo(pending.bytesHeld());
  }

  @Test
  void add_payloadOfExactlyTheLimit_fits() {
    add(1, 1000);

    assertThat(packer.flush(ticker.nanos()).lineBytes()).isLessThanOrEqualTo(1000);
  }

  @Test
  void closeIfDue_beforeAndAtTheEndOfLinger_givesTheBatchThen() {
    add(1, 250);
    ticker.advance(LINGER.minus(MOMENT));
    add(1, 250);

    assertThat(packer.closeIfDue(ticker.now())).isNull();
    ticker.advance(MOMENT);
    assertThat(packer.closeIfDue(ticker.now()).payloads()).isEqualTo(2);
    assertThat(packer.isEmpty()).isTrue();
  }

  @Test
  void closeIfDue_firstSilentMinute_givesOneCheckpoint() {
    add(1, 250);
    send(packer.flush(ticker.nanos()));
    ticker.advance(SILENCE.minus(MOMENT));
    assertThat(packer.closeIfDue(ticker.now())).isNull();
    ticker.advance(MOMENT);

    Batch checkpoint = packer.closeIfDue(ticker.now());

    assertThat(checkpoint.payloads()).isZero();
    assertThat(checkpoint.lineBytes()).isZero();
    assertThat(checkpoint.reservedBytes()).isZero();
    assertThat(checkpoint.id()).hasToString(Samples.WRITER + "-2");
    send(checkpoint);
    ticker.advance(SILENCE.multipliedBy(10));
    assertThat(packer.deadlineNanos()).isNull();
    assertThat(packer.closeIfDue(ticker.now())).isNull();
    assertThat(packer.checkpoint(ticker.now())).isNull();
  }

  @Test
  void closeIfDue_checkpointWasNotSent_givesAnotherAfterAFurtherSilentMinute() {
    add(1, 250);
    send(packer.flush(ticker.nanos()));
    ticker.advance(SILENCE);
    Batch failed = packer.closeIfDue(ticker.now());
    numbers.abandoned(failed.id(), numbers.name());

    assertThat(packer.closeIfDue(ticker.now())).isNull();
    ticker.advance(SILENCE);
    Batch second = packer.closeIfDue(ticker.now());

    assertThat(second.id().seq()).isEqualTo(3);
    send(second);
    assertThat(packer.deadlineNanos()).isNull();
  }

  @Test
  void closeIfDue_moreAbandonedThanAHeaderNames_givesACheckpointAMinuteUntilAllAreNamed() {
    int abandoned = 2 * MessageCodec.MAX_ABANDONED + 1;
    for (int i = 0; i < abandoned; i++) {
      add(1, 250);
      numbers.abandoned(packer.flush(ticker.nanos()).id(), new EndedNumbers(1, List.of()));
    }

    for (int i = 1; i <= 3; i++) {
      ticker.advance(SILENCE.minus(MOMENT));
      assertThat(packer.closeIfDue(ticker.now())).isNull();
      ticker.advance(MOMENT);
      send(packer.closeIfDue(ticker.now()));
    }

    assertThat(packer.deadlineNanos()).isNull();
  }

  @Test
  void closeIfDue_batchStillUnderWayAtTheCheckpoint_givesAnotherThatTellsItsEnd() {
    add(1, 250);
    Batch slow = packer.flush(ticker.nanos());
    ticker.advance(SILENCE);
    send(packer.closeIfDue(ticker.now()));
    send(slow);

    ticker.advance(SILENCE);
    Batch second = packer.closeIfDue(ticker.now());

    assertThat(second.payloads()).isZero();
    assertThat(numbers.name().ended()).isEqualTo(second.id().seq());
  }

  @Test
  void checkpoint_nothingEverSent_isNone() {
    assertThat(packer.checkpoint(ticker.now())).isNull();
    assertThat(packer.deadlineNanos()).isNull();
  }

  @Test
  void add_afterACheckpointWasRecycled_hasRoomAgain() {
    add(1, 250);
    packer.recycle(packer.flush(ticker.nanos()).buffer());
    packer.recycle(packer.checkpoint(ticker.now()).buffer());

    add(3, 300);

    assertThat(Samples.lines(packer.flush(ticker.nanos()))).hasSize(3);
  }

  @Test
  void add_toARecycledBuffer_hasOnlyItsOwnLines() {
    add(3, 300);
    packer.recycle(packer.flush(ticker.nanos()).buffer());
    add(1, 250);

    assertThat(Samples.lines(packer.flush(ticker.nanos())))
        .singleElement()
        .asString()
        .startsWith("{\"id\":\"" + Samples.WRITER + "-2-0\"");
  }

  @Test
  void opened_ofABatch_isTheArrivalOfItsFirstCollection() {
    Moment first = ticker.now();
    add(1, 250);
    ticker.advance(Duration.ofMillis(20));
    add(1, 250);

    Batch batch = packer.flush(ticker.nanos());
    assertThat(batch.openedMs()).isEqualTo(first.epochMs());
    assertThat(batch.openedNanos()).isEqualTo(first.nanos());
  }

  @Test
  void add_payloadThatFitsNoBatch_isRefusedAndChangesNothing() {
    PendingCollection before = add(2, 250);
    PendingCollection tooLarge = Samples.pending(ticker.now(), 3, 1001);

    assertThatIllegalArgumentException().isThrownBy(() -> packer.add(tooLarge, closed::add));

    assertThat(closed).isEmpty();
    Batch batch = packer.flush(ticker.nanos());
    assertThat(batch.id().seq()).isEqualTo(1);
    assertThat(Samples.lines(batch)).hasSize(2);
    assertThat(batch.reservedBytes()).isEqualTo(before.bytesHeld());
    assertThat(tooLarge.state()).isEqualTo(PendingCollection.State.OPEN);
    assertThat(tooLarge.payloads()).isZero();
  }

  @Test
  void lines_ofARecycledBatch_areNotReadAgain() {
    add(2, 250);
    Batch batch = packer.flush(ticker.nanos());
    int lineBytes = batch.lineBytes();
    double fillRatio = batch.fillRatio();
    packer.recycle(batch.giveUpBuffer());
    add(3, 300);

    assertThatIllegalStateException().isThrownBy(batch::lines);
    assertThatIllegalStateException().isThrownBy(batch::giveUpBuffer);
    assertThat(batch.lineBytes()).isEqualTo(lineBytes).isPositive();
    assertThat(batch.fillRatio()).isEqualTo(fillRatio);
  }

  @Test
  void end_oneListenerThrows_tellsTheOthers() {
    List<String> told = new ArrayList<>();
    RuntimeException fault = new IllegalStateException("for the test");
    addFor(
        waiting -> {
          throw fault;
        });
    addFor(waiting -> told.add("second"));
    List<RuntimeException> failed = new ArrayList<>();

    packer.flush(ticker.nanos()).end(true, failed::add);

    assertThat(told).containsExactly("second");
    assertThat(failed).containsExactly(fault);
  }

  @Test
  void end_oneListenerThrowsAnError_tellsTheOthersThenThrowsIt() {
    List<String> told = new ArrayList<>();
    Error fault = new AssertionError("for the test");
    addFor(
        waiting -> {
          throw fault;
        });
    addFor(waiting -> told.add("second"));
    Batch batch = packer.flush(ticker.nanos());

    assertThatThrownBy(() -> batch.end(true, Samples.UNEXPECTED)).isSameAs(fault);

    assertThat(told).containsExactly("second");
  }

  @Test
  void end_twice_throws() {
    add(1, 250);
    Batch batch = packer.flush(ticker.nanos());
    batch.end(true, Samples.UNEXPECTED);

    assertThatIllegalStateException().isThrownBy(() -> batch.end(false, Samples.UNEXPECTED));
  }

  private void send(Batch batch) {
    numbers.sent(batch.id(), numbers.name());
  }

  private void addFor(PendingCollection.Listener listener) {
    packer.add(Samples.pending(ticker.now(), listener, "{}"), closed::add);
  }

  private PendingCollection add(int payloads, int maxLineBytes) {
    PendingCollection pending = Samples.pending(ticker.now(), payloads, maxLineBytes);
    packer.add(pending, closed::add);
    return pending;
  }
}
