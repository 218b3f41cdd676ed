package io.millrace.worker.check;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.StoreRig.KEYS;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.process.RollQueue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private final CheckRig rig = new CheckRig();

  private void assertNothingHeld() {
    assertThat(rig.budget().reserved()).isZero();
    assertThat(rig.rolls().held()).isEqualTo(new RollQueue.Held(0, 0, 0));
  }

  @Test
  void runOnce_storedAlready_deletesTheMessages() throws InterruptedException {
    Announced.roll(rig.store(), 1, batch(1), batch(2)).store();
    rig.suspect(batch(1), batch(2));
    assertThat(rig.checker().runOnce()).isTrue();
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(rig.store().count("suspects.checked", "result", "stored")).isEqualTo(2);
    assertNothingHeld();
  }

  @Test
  void runOnce_storedNowhere_goesIntoARollWithItsClaim() throws InterruptedException {
    rig.suspect(batch(1));
    rig.checker().runOnce();
    assertThat(rig.budget().reserved()).isEqualTo(batch(1).heldBytes());
    assertThat(rig.store().count("suspects.checked", "result", "not_stored")).isEqualTo(1);
    rig.store().ticker().advance(Duration.ofSeconds(1));
    HeldBatch held = rig.rolls().take().batches().get(0);
    assertThat(held.claim()).isGreaterThan(Claim.NONE);
    assertThat(rig.store().store().keys())
        .containsExactly(KEYS.claim(held.hour(), held.header().batch(), held.claim()));
    assertThat(rig.queue().bodies()).hasSize(1);
  }

  @Test
  void runOnce_someStored_settlesEachByItsOwnFate() throws InterruptedException {
    Announced.roll(rig.store(), 1, batch(2)).store();
    rig.suspect(batch(1), batch(2), batch(3));
    rig.checker().runOnce();
    assertThat(rig.queue().bodies()).hasSize(2);
    assertThat(rig.rolls().held().messages()).isEqualTo(2);
    assertThat(rig.budget().reserved()).isEqualTo(batch(1).heldBytes() + batch(3).heldBytes());
    rig.upload();
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(rig.storedBatches()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertNothingHeld();
  }

  @Test
  void runOnce_sameBatchTwiceTogether_storesItOnceInTheEnd() throws InterruptedException {
    rig.suspect(batch(1), batch(1));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.storedBatches()).containsExactly(1L);
    assertThat(rig.queue().bodies()).hasSize(1);
    assertNothingHeld();

    rig.store().ticker().advance(CheckRig.VISIBILITY);
    rig.receive();
    rig.checker().runOnce();
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(rig.storedBatches()).containsExactly(1L);
    assertNothingHeld();
  }

  @Test
  void runOnce_rollAboutToPutItsData_isFencedAndWritesTheOthersUnderANewKey()
      throws InterruptedException {
    rig.roll(batch(1), batch(2));
    rig.suspect(batch(1));
    rig.store().store().beforeNextPut(KEYS::isData, () -> CheckRig.now(rig.checker()::runOnce));
    rig.upload();
    assertThat(rig.store().count("tombstones")).isEqualTo(1);
    assertThat(rig.store().count("claims")).isEqualTo(1);
    assertThat(rig.store().count("rolls.fenced")).isEqualTo(1);
    assertThat(rig.store().count("batches.left.out")).isEqualTo(1);
    assertThat(rig.storedBatches()).containsExactly(2L);

    rig.upload();
    assertThat(rig.storedBatches()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(rig.dataKeys()).as("a tombstone and two rolls").hasSize(3);
    assertNothingHeld();
  }

  @Test
  void runOnce_loneCheckpointStored_isDeleted() throws InterruptedException {
    HeldBatch checkpoint = batch(1, OPENED, Codec.GZIP, List.of());
    rig.suspect(checkpoint);
    rig.checker().runOnce();
    rig.upload();
    rig.suspect(checkpoint);
    rig.checker().runOnce();
    assertThat(rig.store().count("suspects.checked", "result", "stored")).isEqualTo(1);
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(rig.storedBatches()).containsExactly(1L);
  }

  @Test
  void runOnce_unexpectedFailure_letsTheMessagesComeAgain() throws InterruptedException {
    String foreign = KEYS.manifests(Hour.of(OPENED)) + "9-notes.ndjson.zst.json";
    rig.store().put(foreign, "{\"v\":2}".getBytes(UTF_8));
    rig.suspect(batch(1), batch(2));
    assertThatThrownBy(rig.checker()::runOnce).hasMessageStartingWith(foreign);
    assertThat(rig.suspects().size()).isZero();
    assertThat(rig.queue().bodies()).hasSize(2);
    assertNothingHeld();

    rig.store().store().remove(foreign);
    rig.store().ticker().advance(CheckRig.VISIBILITY);
    rig.receive();
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.storedBatches()).containsExactlyInAnyOrder(1L, 2L);
    assertNothingHeld();
  }

  @Test
  void runOnce_error_letsTheMessagesComeAgain() throws InterruptedException {
    rig.store()
        .store()
        .beforeNextPut(
            key -> true,
            () -> {
              throw new NoClassDefFoundError("a jar is gone");
            });
    rig.suspect(batch(1), batch(2));
    assertThatThrownBy(rig.checker()::runOnce).isInstanceOf(NoClassDefFoundError.class);
    assertNothingHeld();
    rig.store().ticker().advance(CheckRig.VISIBILITY);
    assertThat(rig.queue().counts().visible()).isEqualTo(2);
  }

  @Test
  void runOnce_interrupted_freesTheBytesAndLeavesTheMessages() {
    rig.suspect(batch(1));
    rig.store().store().answerNextPut(NO_ANSWER, true);
    rig.store().ticker().interruptNextPause();
    assertThatThrownBy(rig.checker()::runOnce).isInstanceOf(InterruptedException.class);
    assertThat(rig.queue().bodies()).hasSize(1);
    assertNothingHeld();
  }

  @Test
  void runOnce_rollsHaveEnded_freesTheBytesAndLeavesTheMessage() throws InterruptedException {
    rig.suspect(batch(1));
    rig.rolls().end();
    rig.checker().runOnce();
    assertThat(rig.queue().bodies()).hasSize(1);
    assertNothingHeld();
  }

  @Test
  void runOnce_suspectsHaveEnded_isTheEnd() throws InterruptedException {
    rig.suspects().end();
    assertThat(rig.checker().runOnce()).isFalse();
  }
}
