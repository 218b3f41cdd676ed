package io.millrace.worker.roll;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.SampleBatches.batch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.MessageHeader;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import io.millrace.worker.settle.HeldBatch;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClosedRollTest {
  private static final RollKey PARTITION = new RollKey(Hour.of(OPENED), Codec.ZSTD);

  private static ClosedRoll roll(HeldBatch... batches) {
    return new ClosedRoll(PARTITION, List.of(batches), CloseCause.AGE, OPENED + 5);
  }

  private static HeldBatch abandoning(HeldBatch batch, List<Long> numbers) {
    MessageHeader h = batch.header();
    MessageHeader header =
        new MessageHeader(
            h.v(),
            h.batch(),
            h.opened(),
            h.payloads(),
            h.bytes(),
            h.crc32c(),
            h.codec(),
            h.resent(),
            h.ended(),
            numbers);
    return new HeldBatch(header, batch.frame(), batch.receiptHandle(), batch.claim(), null);
  }

  @Test
  void manifest_twoBatches_accountsForEveryByte() {
    HeldBatch first = batch(1);
    HeldBatch second = batch(2);
    Manifest manifest = roll(first, second).manifest("k");
    assertThat(manifest.codec()).isEqualTo("zstd");
    assertThat(manifest.closed()).isEqualTo(OPENED + 5);
    assertThat(manifest.bytes()).isEqualTo(9 + first.frame().length() + second.frame().length());
    assertThat(manifest.batches().get(0).offset()).isEqualTo(9);
    assertThat(manifest.batches().get(1).offset()).isEqualTo(9 + first.frame().length());
    assertThat(manifest.batches().get(1).batch()).isEqualTo(WRITER + "-2");
  }

  @Test
  void manifest_abandonedNumbers_areKeptAndLeftOutIfThereAreNone() {
    byte[] json = roll(abandoning(batch(9), List.of(4L, 7L)), batch(10)).manifest("k").toJson();
    assertThat(new String(json, UTF_8)).containsOnlyOnce("\"abandoned\":[4,7]");
    List<Manifest.Entry> entries = Manifest.fromJson(json).batches();
    assertThat(entries.get(0).abandoned()).containsExactly(4L, 7L);
    assertThat(entries.get(1).abandoned()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void content_readToTheEndOfTheFirstFrame_givesNoLine(Codec codec) throws IOException {
    HeldBatch batch = batch(1, OPENED, codec, List.of("{}"));
    ClosedRoll roll =
        new ClosedRoll(new RollKey(Hour.of(OPENED), codec), List.of(batch), CloseCause.AGE, OPENED);
    byte[] empty = codec.emptyFrame();
    byte[] content = roll.content().open().readAllBytes();

    assertThat(content).startsWith(empty).endsWith(batch.frame().bytes());
    assertThat(content).hasSize(empty.length + batch.frame().length());
    assertThat(roll.manifest("k").bytes()).isEqualTo(content.length);
  }

  @Test
  void content_loneCheckpoint_isLongerThanATombstone() {
    for (Codec codec : Codec.values()) {
      ClosedRoll checkpoint =
          new ClosedRoll(
              new RollKey(Hour.of(OPENED), codec),
              List.of(batch(1, OPENED, codec, List.of())),
              CloseCause.STOP,
              OPENED);

      assertThat(checkpoint.content().length()).isEqualTo(2L * codec.emptyFrame().length);
      assertThat(checkpoint.manifest("k").bytes()).isEqualTo(checkpoint.content().length());
      assertThat(checkpoint.manifest("k").batches().get(0).length())
          .isEqualTo(codec.emptyFrame().length);
    }
  }

  @Test
  void without_positions_keepsTheOthersInOrder() {
    ClosedRoll left = roll(batch(1), batch(2), batch(3)).without(Set.of(1));

    assertThat(left.receiptHandles()).containsExactly("handle-1", "handle-3");
    assertThat(left.manifest("k").batches().get(1).offset())
        .isEqualTo(9 + batch(1).frame().length());
  }

  @Test
  void oldestMs_batchesInAnyOrder_isTheEarliest() {
    HeldBatch later = batch(1, OPENED + 10, Codec.ZSTD, List.of("{}"));
    assertThat(roll(later, batch(2)).oldestMs()).isEqualTo(OPENED);
    assertThat(roll(later, batch(2)).payloads()).isEqualTo(2);
  }
}
