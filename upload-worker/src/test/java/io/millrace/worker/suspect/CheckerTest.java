package io.millrace.worker.suspect;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.body;
import static io.millrace.worker.StoreRig.KEYS;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static io.millrace.worker.StoreRig.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.settle.HeldBatch;
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
    rig.store()
        .store()
        .beforeNextPut(
            key -> true,
            () -> {
              throw new IllegalStateException("nobody expected this");
            });
    rig.suspect(batch(1), batch(2));
    assertThatThrownBy(rig.checker()::runOnce).hasMessage("nobody expected this");
    assertThat(rig.suspects().size()).isZero();
    assertThat(rig.queue().bodies()).hasSize(2);
    assertNothingHeld();

    comeAgain();
    rig.upload();
    assertThat(rig.storedBatches()).containsExactlyInAnyOrder(1L, 2L);
    assertNothingHeld();
  }

  private void comeAgain() throws InterruptedException {
    rig.store().ticker().advance(CheckRig.VISIBILITY);
    rig.receive();
    rig.checker().runOnce();
  }

  private static HeldBatch forged(long seq) {
    return batch(seq, OPENED, Codec.ZSTD, List.of("{\"forged\":" + seq + "}"));
  }

  private double contradictions() {
    return rig.store().count("dead.letters", "reason", "contradiction");
  }

  /** It claims more than the first, and was deleted as stored, without a word. */
  @Test
  void runOnce_otherBytesOfWhatIsStored_areADeadLetter() throws InterruptedException {
    Announced.roll(rig.store(), 1, batch(1)).store();
    rig.suspect(forged(1), batch(2));
    rig.checker().runOnce();
    assertThat(rig.deadLetters()).hasSize(1);
    assertThat(contradictions()).isEqualTo(1);
    assertThat(rig.queue().bodies()).containsExactly(body(batch(2)));
    assertThat(rig.store().count("suspects.checked", "result", "set_aside")).isEqualTo(1);
    assertThat(rig.store().count("suspects.checked", "result", "not_stored")).isEqualTo(1);
  }

  /** Another worker holds the first: it keeps its key, and its batch is stored in the end. */
  @Test
  void runOnce_otherBytesOfWhatIsUnderWay_areADeadLetterAndTheFirstIsStored()
      throws InterruptedException {
    rig.roll(batch(1));
    rig.suspect(forged(1));
    rig.store().store().beforeNextPut(KEYS::isData, () -> CheckRig.now(rig.checker()::runOnce));
    rig.upload();
    assertThat(rig.deadLetters()).hasSize(1);
    assertThat(rig.store().count("tombstones")).isZero();
    assertThat(rig.storedBatches()).containsExactly(1L);
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(contradictions()).isEqualTo(1);
    assertNothingHeld();
  }

  @Test
  void runOnce_otherBytesOfOneInAnOpenRoll_areADeadLetter() throws InterruptedException {
    rig.suspect(forged(1));
    rig.roll(batch(1));
    rig.checker().runOnce();
    assertThat(rig.deadLetters()).hasSize(1);
    rig.upload();
    comeAgainUntilStored();
    assertThat(rig.storedBatches()).containsExactly(1L);
    assertThat(contradictions()).isEqualTo(1);
    assertNothingHeld();
  }

  /** The forged one's claim leaves the first out of its roll; that one comes again. */
  private void comeAgainUntilStored() throws InterruptedException {
    comeAgain();
    rig.upload();
    assertThat(rig.queue().bodies()).isEmpty();
  }

  @Test
  void runOnce_twoOfOneNameTogether_takesTheFirst() throws InterruptedException {
    rig.suspect(batch(1), forged(1));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.deadLetters()).hasSize(1);
    assertThat(rig.storedBatches()).containsExactly(1L);
    assertThat(rig.queue().bodies()).isEmpty();
    assertNothingHeld();
  }

  @Test
  void runOnce_otherBytesAtAClosedKey_standInNobodysWay() throws InterruptedException {
    Announced.roll(rig.store(), 1, forged(1)).fence();
    rig.suspect(batch(1));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.storedBatches()).containsExactly(1L);
    assertThat(rig.deadLetters()).isEmpty();
  }

  /** Nothing lies at its data key: once that is closed, whatever it announces is void. */
  @Test
  void runOnce_manifestOfALaterVersion_closesItsKeyAndGoesOn() throws InterruptedException {
    String data = KEYS.data(Hour.of(OPENED), OPENED, "01JDBXV5ZD0000000000000W0K", 9, Codec.ZSTD);
    rig.store().put(KEYS.manifest(data), "{\"v\":2}".getBytes(UTF_8));
    Announced.roll(rig.store(), 1, batch(2)).store();
    rig.suspect(batch(1), batch(2));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.store().store().bytes(data)).isEqualTo(Codec.ZSTD.emptyFrame());
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(rig.store().count("manifests.set.aside")).isEqualTo(1);
    assertNothingHeld();
  }

  /** Its data may hold the batch; what is found elsewhere waits for nothing. */
  @Test
  void runOnce_manifestOfALaterVersionWithData_settlesWhatIsFoundAndLetsTheRestComeAgain()
      throws InterruptedException {
    String data = KEYS.data(Hour.of(OPENED), OPENED, "01JDBXV5ZD0000000000000W0K", 9, Codec.ZSTD);
    rig.store().put(KEYS.manifest(data), "{\"v\":2}".getBytes(UTF_8));
    rig.store().put(data, new byte[100]);
    Announced.roll(rig.store(), 1, batch(2)).store();
    rig.suspect(batch(1), batch(2));
    rig.checker().runOnce();
    assertThat(rig.queue().bodies()).containsExactly(body(batch(1)));
    assertThat(rig.deadLetters()).isEmpty();
    assertThat(rig.store().count("suspects.checked", "result", "open")).isEqualTo(1);
    assertNothingHeld();

    rig.store().store().remove(KEYS.manifest(data));
    rig.store().store().remove(data);
    comeAgain();
    rig.upload();
    assertThat(rig.storedBatches()).contains(1L);
    assertThat(rig.queue().bodies()).isEmpty();
  }

  @Test
  void runOnce_oneClaimRefusedForGood_isADeadLetterAndTheOthersGoOn() throws InterruptedException {
    String refused = KEYS.claims(Hour.of(OPENED), batch(1).header().batch());
    rig.store()
        .store()
        .answerPuts(key -> key.startsWith(refused) && !key.contains("_probe"), answer(400), false);
    rig.suspect(batch(1), batch(2));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.deadLetters()).hasSize(1);
    assertThat(rig.store().count("dead.letters", "reason", "refused_by_store")).isEqualTo(1);
    assertThat(rig.storedBatches()).containsExactly(2L);
    assertThat(rig.store().gate().isOpen()).isTrue();
    assertThat(rig.queue().bodies()).isEmpty();
    assertNothingHeld();
  }

  @Test
  void runOnce_oneTombstoneRefusedForGood_isADeadLetterAndTheOthersGoOn()
      throws InterruptedException {
    Announced bad = Announced.roll(rig.store(), 1, batch(1));
    rig.store().store().answerPuts(bad.key()::equals, answer(400), false);
    rig.suspect(batch(1), batch(2));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.deadLetters()).hasSize(1);
    assertThat(rig.store().store().keys()).doesNotContain(bad.key());
    assertThat(rig.dataKeys()).hasSize(1);
    assertThat(rig.queue().bodies()).isEmpty();
    assertNothingHeld();
  }

  /** So a store answers HEAD if s3:ListBucket is missing: only the PUT tells that a key is free. */
  @Test
  void runOnce_absentKeysAnswered403_areClosedAndTheSuspectsGoOn() throws InterruptedException {
    FakeObjectStore store = rig.store().store();
    Announced open = Announced.roll(rig.store(), 1, batch(1));
    Announced.roll(rig.store(), 2, batch(2)).store();
    store.refuseHeads(key -> !store.has(key), new ObjectStoreException("status 403", 403, null));
    rig.suspect(batch(1), batch(2), batch(3));
    rig.checker().runOnce();
    assertThat(store.bytes(open.key())).isEqualTo(Codec.ZSTD.emptyFrame());
    rig.upload();
    assertThat(rig.storedBatches()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(rig.store().gate().isOpen()).isTrue();
    assertThat(rig.store().count("store.refused")).isPositive();
    assertThat(rig.queue().bodies()).isEmpty();
  }

  @Test
  void runOnce_somethingThereThatIsNotShown_isADeadLetterAndTheOthersGoOn()
      throws InterruptedException {
    Announced hidden = Announced.roll(rig.store(), 1, batch(1)).store();
    rig.store()
        .store()
        .refuseHeads(hidden.key()::equals, new ObjectStoreException("status 403", 403, null));
    rig.suspect(batch(1), batch(2));
    rig.checker().runOnce();
    rig.upload();
    assertThat(rig.deadLetters()).hasSize(1);
    assertThat(rig.queue().bodies()).isEmpty();
    assertThat(rig.storedBatches()).contains(2L);
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
