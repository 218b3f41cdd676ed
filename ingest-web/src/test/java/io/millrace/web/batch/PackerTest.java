package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.web.FakeClock;
import io.millrace.web.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackerTest {
  private static final Duration LINGER = Duration.ofMillis(50);
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final FakeClock clock = new FakeClock();
  private final Packer packer = new Packer(new PackerLimits(1000, LINGER, SILENCE), Samples.WRITER);
  private final List<Batch> closed = new ArrayList<>();

  @Test
  void add_collectionsThatFit_shareABatch() {
    Packing first = add(2, 250);
    Packing second = add(2, 250);

    assertThat(closed).isEmpty();
    Batch batch = packer.flush(clock.nanoTime());
    assertThat(Samples.lines(batch))
        .hasSize(4)
        .element(3)
        .asString()
        .startsWith("{\"id\":\"" + Samples.WRITER + "-1-3\",");
    assertThat(first.waiting().receipt()).isEqualTo(Samples.WRITER + "-1-0+2");
    assertThat(second.waiting().receipt()).isEqualTo(Samples.WRITER + "-1-2+2");
    assertThat(batch.reservedBytes()).isEqualTo(first.bytesHeld() + second.bytesHeld());
  }

  @Test
  void add_collectionThatDoesNotFitBeside_closesTheOpenBatch() {
    add(3, 250);
    Packing second = add(2, 250);

    assertThat(closed).extracting(Batch::payloads).containsExactly(3);
    assertThat(second.waiting().receipt()).isEqualTo(Samples.WRITER + "-2-0+2");
  }

  @Test
  void add_collectionLargerThanBatch_isSplit() {
    Packing packing = add(9, 300);

    closed.add(packer.flush(clock.nanoTime()));
    assertThat(closed).extracting(Batch::payloads).containsExactly(3, 3, 3);
    assertThat(packing.waiting().receipt())
        .isEqualTo(String.format("%1$s-1-0+3,%1$s-2-0+3,%1$s-3-0+3", Samples.WRITER));
    assertThat(closed.stream().mapToLong(Batch::reservedBytes).sum())
        .isEqualTo(packing.bytesHeld());
  }

  @Test
  void add_payloadOfExactlyTheLimit_fits() {
    add(1, 1000);

    assertThat(packer.flush(clock.nanoTime()).lineBytes()).isLessThanOrEqualTo(1000);
  }

  @Test
  void closeIfDue_beforeAndAtTheEndOfLinger_givesTheBatchThen() {
    add(1, 250);
    clock.advance(LINGER.minus(MOMENT));
    add(1, 250);

    assertThat(packer.closeIfDue(clock.now())).isNull();
    clock.advance(MOMENT);
    assertThat(packer.closeIfDue(clock.now()).payloads()).isEqualTo(2);
    assertThat(packer.isEmpty()).isTrue();
  }

  @Test
  void closeIfDue_firstSilentMinute_givesOneCheckpoint() {
    add(1, 250);
    packer.flush(clock.nanoTime());
    clock.advance(SILENCE.minus(MOMENT));
    assertThat(packer.closeIfDue(clock.now())).isNull();
    clock.advance(MOMENT);

    Batch checkpoint = packer.closeIfDue(clock.now());

    assertThat(checkpoint.payloads()).isZero();
    assertThat(checkpoint.lineBytes()).isZero();
    assertThat(checkpoint.reservedBytes()).isZero();
    assertThat(checkpoint.id()).hasToString(Samples.WRITER + "-2");
    clock.advance(SILENCE.multipliedBy(10));
    assertThat(packer.deadlineNanos()).isNull();
    assertThat(packer.closeIfDue(clock.now())).isNull();
    assertThat(packer.checkpoint(clock.now())).isNull();
  }

  @Test
  void checkpoint_nothingEverSent_isNone() {
    assertThat(packer.checkpoint(clock.now())).isNull();
    assertThat(packer.deadlineNanos()).isNull();
  }

  @Test
  void add_afterACheckpointWasRecycled_hasRoomAgain() {
    add(1, 250);
    packer.recycle(packer.flush(clock.nanoTime()).buffer());
    packer.recycle(packer.checkpoint(clock.now()).buffer());

    add(3, 300);

    assertThat(Samples.lines(packer.flush(clock.nanoTime()))).hasSize(3);
  }

  @Test
  void add_toARecycledBuffer_hasOnlyItsOwnLines() {
    add(3, 300);
    packer.recycle(packer.flush(clock.nanoTime()).buffer());
    add(1, 250);

    assertThat(Samples.lines(packer.flush(clock.nanoTime())))
        .singleElement()
        .asString()
        .startsWith("{\"id\":\"" + Samples.WRITER + "-2-0\"");
  }

  @Test
  void opened_ofABatch_isTheArrivalOfItsFirstCollection() {
    Arrival first = clock.now();
    add(1, 250);
    clock.advance(Duration.ofMillis(20));
    add(1, 250);

    Batch batch = packer.flush(clock.nanoTime());
    assertThat(batch.openedMs()).isEqualTo(first.epochMs());
    assertThat(batch.openedNanos()).isEqualTo(first.nanos());
  }

  @Test
  void end_twice_throws() {
    add(1, 250);
    Batch batch = packer.flush(clock.nanoTime());
    batch.end(true);

    assertThatIllegalStateException().isThrownBy(() -> batch.end(false));
  }

  private Packing add(int payloads, int maxLineBytes) {
    Packing packing = Samples.packing(clock.now(), payloads, maxLineBytes);
    packer.add(packing, closed::add);
    return packing;
  }
}
