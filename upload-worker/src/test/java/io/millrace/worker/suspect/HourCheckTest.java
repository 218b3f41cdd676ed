package io.millrace.worker.suspect;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.StoreRig.KEYS;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.object.ObjectStoreException;
import io.millrace.worker.StoreRig;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.settle.HeldBatch;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HourCheckTest {
  private static final Hour HOUR = Hour.of(OPENED);

  private final StoreRig rig = StoreRig.empty();
  private final CheckMetrics metrics = new CheckMetrics(rig.registry());
  private final HourCheck check =
      new HourCheck(
          rig.calls(),
          rig.claims(),
          new ManifestCache(rig.calls(), KEYS, 1 << 20, metrics),
          new Random(1),
          metrics);

  private List<Step.Check> run(HeldBatch... suspects) throws InterruptedException {
    return check.run(List.of(suspects));
  }

  private List<Claim> claims(HeldBatch suspect) throws InterruptedException {
    String batch = suspect.header().batch();
    return rig.claims().to(HOUR, Set.of(batch)).getOrDefault(batch, List.of());
  }

  private Claim onlyClaim(HeldBatch suspect) throws InterruptedException {
    List<Claim> claims = claims(suspect);
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  @Test
  void run_announcedNowhere_isNotThereAndClaimed() throws InterruptedException {
    List<Step.Check> ends = run(batch(1), batch(2));
    assertThat(ends)
        .containsExactly(
            new Step.NotThere(onlyClaim(batch(1))), new Step.NotThere(onlyClaim(batch(2))));
    assertThat(rig.store().keys()).hasSize(2);
  }

  @Test
  void run_claimedBefore_claimsAboveThat() throws InterruptedException {
    for (int expected = 1; expected <= 3; expected++) {
      Step.NotThere end = (Step.NotThere) run(batch(1)).get(0);
      assertThat(end.mine().n()).isEqualTo(expected);
    }
  }

  @Test
  void run_storedOneOfSeveral_findsThatOne() throws InterruptedException {
    Announced stored = Announced.roll(rig, 1, batch(1), batch(2)).store();
    assertThat(run(batch(2), batch(3)))
        .containsExactly(new Step.Found(stored.place()), new Step.NotThere(onlyClaim(batch(3))));
    assertThat(rig.count("tombstones")).isZero();
  }

  @Test
  void run_announcedAndNotStored_putsATombstoneThere() throws InterruptedException {
    Announced announced = Announced.roll(rig, 1, batch(1));
    assertThat(run(batch(1))).containsExactly(new Step.NotThere(onlyClaim(batch(1))));
    assertThat(rig.store().bytes(announced.key())).isEqualTo(Codec.ZSTD.emptyFrame());
    assertThat(rig.count("tombstones")).isEqualTo(1);
  }

  @Test
  void run_tombstoneThere_isNotThere() throws InterruptedException {
    Announced.roll(rig, 1, batch(1)).fence();
    assertThat(run(batch(1)).get(0)).isInstanceOf(Step.NotThere.class);
    assertThat(rig.count("tombstones")).isZero();
  }

  @Test
  void run_severalPlaces_looksAtAllUntilOneHoldsIt() throws InterruptedException {
    Announced.roll(rig, 1, batch(1)).fence();
    Announced open = Announced.roll(rig, 2, batch(1));
    Announced stored = Announced.roll(rig, 3, batch(1)).store();
    assertThat(run(batch(1))).containsExactly(new Step.Found(stored.place()));
    assertThat(rig.store().bytes(open.key())).isEqualTo(Codec.ZSTD.emptyFrame());
  }

  @Test
  void run_announcedSinceTheLastCheck_isSeen() throws InterruptedException {
    run(batch(1));
    Announced stored = Announced.roll(rig, 1, batch(1)).store();
    assertThat(run(batch(1))).containsExactly(new Step.Found(stored.place()));
  }

  @Test
  void run_dataArrivesJustBeforeTheTombstone_isFound() throws InterruptedException {
    Announced late = Announced.roll(rig, 1, batch(1));
    rig.store().beforeNextPut(KEYS::isData, late::store);
    assertThat(run(batch(1))).containsExactly(new Step.Found(late.place()));
    assertThat(rig.count("tombstones")).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_answerOfClaimLost_claimsOnce(boolean stored) throws InterruptedException {
    rig.store().answerNextPut(NO_ANSWER, stored);
    assertThat(run(batch(1))).containsExactly(new Step.NotThere(onlyClaim(batch(1))));
    assertThat(rig.ticker().pauses()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_answerOfTombstoneLost_looksAgainUntilItIsThere(boolean stored)
      throws InterruptedException {
    Announced announced = Announced.roll(rig, 1, batch(1));
    rig.store().beforeNextPut(KEYS::isData, () -> rig.store().answerNextPut(NO_ANSWER, stored));
    assertThat(run(batch(1)).get(0)).isInstanceOf(Step.NotThere.class);
    assertThat(rig.store().bytes(announced.key())).isEqualTo(Codec.ZSTD.emptyFrame());
    assertThat(rig.ticker().pauses()).hasSize(1);
  }

  @Test
  void run_readsFail_areNoAnswer() throws InterruptedException {
    Announced stored = Announced.roll(rig, 1, batch(1)).store();
    for (int failures = 1; failures <= 8; failures++) {
      rig.store().failNext(failures, new ObjectStoreException("away", 500, null));
      assertThat(run(batch(1))).containsExactly(new Step.Found(stored.place()));
    }
    assertThat(rig.count("tombstones")).isZero();
  }

  @Test
  void run_sameBatchTwice_claimsForEachDelivery() throws InterruptedException {
    List<Step.Check> ends = run(batch(1), batch(1));
    assertThat(ends).hasSize(2).doesNotHaveDuplicates();
    assertThat(claims(batch(1))).hasSize(2);
    assertThat(ends).allMatch(Step.NotThere.class::isInstance);
  }

  /** Its only frame has the bytes of a tombstone. */
  @ParameterizedTest
  @EnumSource(Codec.class)
  void run_loneCheckpointStored_isToldFromATombstone(Codec codec) throws InterruptedException {
    HeldBatch checkpoint = batch(1, OPENED, codec, List.of());
    assertThat(checkpoint.frame().bytes()).isEqualTo(codec.emptyFrame());
    Announced.roll(rig, 1, checkpoint).fence();
    assertThat(run(checkpoint).get(0)).isInstanceOf(Step.NotThere.class);
    Announced stored = Announced.roll(rig, 2, checkpoint).store();
    assertThat(run(checkpoint)).containsExactly(new Step.Found(stored.place()));
    assertThat(rig.store().bytes(stored.key())).hasSize(2 * codec.emptyFrame().length);
  }
}
