package io.millrace.worker.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Claim;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.worker.exactlyonce.StoreOnceRules.Holding;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreOnceRulesTest {
  private static final PutResult STORED = new PutResult.Stored();
  private static final PutResult THERE = new PutResult.AlreadyThere();
  private static final PutResult REFUSED =
      new PutResult.Unknown(new ObjectStoreException("refused", 403, null));

  private static final Claim MINE = claim(2, 'a');
  private static final Place FIRST = new Place("first", 100, true);
  private static final Place SECOND = new Place("second", 200, true);
  private static final OptionalLong NOTHING = OptionalLong.empty();
  private static final OptionalLong TOMBSTONE = OptionalLong.of(9);

  private static Claim claim(int n, char random) {
    return new Claim(n, String.valueOf(random).repeat(16));
  }

  private static Holding none(String batch) {
    return new Holding(batch, Claim.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, 0, false",
    "2, false, 0, true",
    "1, true, 0, true",
    "1, false, 300000, false",
    "1, false, 300001, true",
    "1, false, -900000, false"
  })
  void isSuspect_delivery_isIfAnotherMayHaveStoredIt(
      int receiveCount, boolean marked, long sentAfterOpenedMs, boolean suspect) {
    long opened = 1_795_404_920_123L;
    assertThat(StoreOnceRules.isSuspect(receiveCount, marked, opened + sentAfterOpenedMs, opened))
        .isEqualTo(suspect);
  }

  @Test
  void afterFence_eachAnswer_freesTheBatchesOnlyWhenTheKeyIsClosed() {
    PutResult.Unknown unknown = new PutResult.Unknown(new ObjectStoreException("no answer"));
    assertThat(StoreOnceRules.fence()).isEqualTo(new Step.PutFence());
    assertThat(StoreOnceRules.afterFence(unknown)).isEqualTo(new Step.PutFence());
    assertThat(StoreOnceRules.afterFence(new PutResult.Stored())).isEqualTo(new Step.Fenced());
    assertThat(StoreOnceRules.afterFence(new PutResult.AlreadyThere()))
        .isEqualTo(new Step.LookAtFence());
    assertThat(StoreOnceRules.afterLookAtFence(100, OptionalLong.of(100)))
        .isEqualTo(new Step.Stored());
    assertThat(StoreOnceRules.afterLookAtFence(100, OptionalLong.of(9)))
        .isEqualTo(new Step.Fenced());
    assertThat(StoreOnceRules.afterLookAtFence(100, OptionalLong.empty()))
        .isEqualTo(new Step.PutFence());
  }

  @Test
  void write_answersToItsPuts_leadOnOnlyIfTheyAreKnown() {
    assertThat(StoreOnceRules.announce()).isEqualTo(new Step.PutManifest());
    for (boolean isFirst : new boolean[] {true, false}) {
      assertThat(StoreOnceRules.afterManifest(STORED, isFirst)).isEqualTo(new Step.ListClaims());
      assertThat(StoreOnceRules.afterManifest(REFUSED, isFirst)).isEqualTo(new Step.PutManifest());
    }
    assertThat(StoreOnceRules.afterManifest(THERE, false)).isEqualTo(new Step.ListClaims());
    assertThat(StoreOnceRules.afterManifest(THERE, true)).isEqualTo(new Step.StartAgain(Set.of()));
    assertThat(StoreOnceRules.afterData(STORED)).isEqualTo(new Step.Stored());
    assertThat(StoreOnceRules.afterData(THERE)).isEqualTo(new Step.LookAtData());
    assertThat(StoreOnceRules.afterData(REFUSED)).isEqualTo(new Step.PutData());
  }

  @Test
  void afterLookAtData_sizeFound_tellsOursFromATombstone() {
    assertThat(StoreOnceRules.afterLookAtData(100, OptionalLong.of(100)))
        .isEqualTo(new Step.Stored());
    assertThat(StoreOnceRules.afterLookAtData(100, TOMBSTONE))
        .isEqualTo(new Step.StartAgain(Set.of()));
    assertThat(StoreOnceRules.afterLookAtData(100, NOTHING)).isEqualTo(new Step.PutData());
  }

  @Test
  void afterClaims_noneGreaterThanItsOwn_writes() {
    List<Holding> roll = List.of(none("a"), new Holding("b", MINE));
    assertThat(StoreOnceRules.afterClaims(roll, Map.of())).isEqualTo(new Step.PutData());
    assertThat(StoreOnceRules.afterClaims(roll, Map.of("b", MINE))).isEqualTo(new Step.PutData());
    assertThat(StoreOnceRules.afterClaims(roll, Map.of("b", claim(1, 'f'))))
        .isEqualTo(new Step.PutData());
  }

  @Test
  void afterClaims_greaterThanItsOwn_leavesThoseOut() {
    List<Holding> roll = List.of(none("a"), new Holding("b", MINE), none("c"));
    assertThat(StoreOnceRules.afterClaims(roll, Map.of("a", claim(1, '0'))))
        .isEqualTo(new Step.StartAgain(Set.of(0)));
    assertThat(StoreOnceRules.afterClaims(roll, Map.of("b", claim(2, 'b'))))
        .isEqualTo(new Step.StartAgain(Set.of(1)));
    assertThat(
            StoreOnceRules.afterClaims(
                roll, Map.of("a", claim(1, '0'), "b", claim(3, '0'), "c", claim(1, '0'))))
        .isEqualTo(new Step.NothingLeft());
  }

  @Test
  void afterClaims_sameBatchSeveralTimes_keepsTheOneWithTheGreatestClaim() {
    List<Holding> claimed = List.of(new Holding("a", MINE), new Holding("a", claim(1, 'f')));
    assertThat(StoreOnceRules.afterClaims(claimed, Map.of("a", MINE)))
        .isEqualTo(new Step.StartAgain(Set.of(1)));
    assertThat(StoreOnceRules.afterClaims(claimed, Map.of()))
        .isEqualTo(new Step.StartAgain(Set.of(1)));
    List<Holding> laterIsGreater = List.of(new Holding("a", claim(1, 'f')), new Holding("a", MINE));
    assertThat(StoreOnceRules.afterClaims(laterIsGreater, Map.of()))
        .isEqualTo(new Step.StartAgain(Set.of(0)));
  }

  @Test
  void afterClaims_sameBatchSeveralTimesUnclaimed_keepsTheFirst() {
    List<Holding> unclaimed = List.of(none("a"), none("b"), none("a"), none("a"));
    assertThat(StoreOnceRules.afterClaims(unclaimed, Map.of()))
        .isEqualTo(new Step.StartAgain(Set.of(2, 3)));
  }

  @Test
  void afterOwnClaims_claimsThere_isAboveAll() {
    assertThat(StoreOnceRules.suspect()).isEqualTo(new Step.ListOwnClaims());
    Step.PutClaim first = (Step.PutClaim) StoreOnceRules.afterOwnClaims(List.of(), new Random(1));
    Step.PutClaim next =
        (Step.PutClaim)
            StoreOnceRules.afterOwnClaims(List.of(claim(1, 'f'), claim(7, 'f')), new Random(1));
    assertThat(first.mine().n()).isEqualTo(1);
    assertThat(next.mine().n()).isEqualTo(8);
  }

  @Test
  void afterClaim_answer_leadsOnOnlyIfItLiesThere() {
    Step.PutClaim put = new Step.PutClaim(MINE);
    assertThat(StoreOnceRules.afterClaim(put, STORED)).isEqualTo(new Step.ListManifests(MINE));
    assertThat(StoreOnceRules.afterClaim(put, THERE)).isEqualTo(new Step.ListManifests(MINE));
    assertThat(StoreOnceRules.afterClaim(put, REFUSED)).isEqualTo(put);
  }

  @Test
  void afterManifests_places_areLookedAtInOrder() {
    Step.ListManifests listed = new Step.ListManifests(MINE);
    assertThat(StoreOnceRules.afterManifests(listed, List.of())).isEqualTo(new Step.NotThere(MINE));
    assertThat(StoreOnceRules.afterManifests(listed, List.of(FIRST, SECOND)))
        .isEqualTo(new Step.LookAtPlace(MINE, List.of(FIRST, SECOND)));
  }

  @Test
  void afterLookAtPlace_sizeFound_endsOrGoesOn() {
    Step.LookAtPlace both = new Step.LookAtPlace(MINE, List.of(FIRST, SECOND));
    Step.LookAtPlace last = new Step.LookAtPlace(MINE, List.of(SECOND));
    assertThat(StoreOnceRules.afterLookAtPlace(both, OptionalLong.of(100)))
        .isEqualTo(new Step.Found(FIRST));
    assertThat(StoreOnceRules.afterLookAtPlace(both, TOMBSTONE)).isEqualTo(last);
    assertThat(StoreOnceRules.afterLookAtPlace(last, TOMBSTONE)).isEqualTo(new Step.NotThere(MINE));
    assertThat(StoreOnceRules.afterLookAtPlace(both, NOTHING))
        .isEqualTo(new Step.PutTombstone(MINE, List.of(FIRST, SECOND)));
  }

  @Test
  void afterTombstone_answer_leadsOnOnlyIfItWasThisPut() {
    Step.PutTombstone both = new Step.PutTombstone(MINE, List.of(FIRST, SECOND));
    Step.LookAtPlace again = new Step.LookAtPlace(MINE, List.of(FIRST, SECOND));
    assertThat(StoreOnceRules.afterTombstone(both, STORED))
        .isEqualTo(new Step.LookAtPlace(MINE, List.of(SECOND)));
    assertThat(StoreOnceRules.afterTombstone(new Step.PutTombstone(MINE, List.of(FIRST)), STORED))
        .isEqualTo(new Step.NotThere(MINE));
    assertThat(StoreOnceRules.afterTombstone(both, THERE)).isEqualTo(again);
    assertThat(StoreOnceRules.afterTombstone(both, REFUSED)).isEqualTo(again);
  }

  /** The one that was announced first stays: it is neither closed nor taken for the suspect. */
  @Test
  void afterLookAtPlace_otherBytesOfTheSameName_contradictUnlessTheyNeverWillBeStored() {
    Place other = new Place("other", 100, false);
    Step.LookAtPlace look = new Step.LookAtPlace(MINE, List.of(other, SECOND));
    assertThat(StoreOnceRules.afterLookAtPlace(look, OptionalLong.of(100)))
        .isEqualTo(new Step.Contradicted("other"));
    assertThat(StoreOnceRules.afterLookAtPlace(look, NOTHING))
        .isEqualTo(new Step.Contradicted("other"));
    assertThat(StoreOnceRules.afterLookAtPlace(look, TOMBSTONE))
        .isEqualTo(new Step.LookAtPlace(MINE, List.of(SECOND)));
  }
}
