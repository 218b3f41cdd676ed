package io.millrace.worker.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Claim;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnceRulesTest {
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
    assertThat(OnceRules.isSuspect(receiveCount, marked, opened + sentAfterOpenedMs, opened))
        .isEqualTo(suspect);
  }

  @Test
  void afterFence_eachAnswer_freesTheBatchesOnlyWhenTheKeyIsClosed() {
    PutResult.Unknown unknown = new PutResult.Unknown(new ObjectStoreException("no answer"));
    assertThat(OnceRules.fence()).isEqualTo(new Step.PutFence());
    assertThat(OnceRules.afterFence(unknown)).isEqualTo(new Step.PutFence());
    assertThat(OnceRules.afterFence(new PutResult.Stored())).isEqualTo(new Step.Fenced());
    assertThat(OnceRules.afterFence(new PutResult.AlreadyThere()))
        .isEqualTo(new Step.LookAtFence());
    assertThat(OnceRules.afterLookAtFence(100, OptionalLong.of(100))).isEqualTo(new Step.Stored());
    assertThat(OnceRules.afterLookAtFence(100, OptionalLong.of(9))).isEqualTo(new Step.Fenced());
    assertThat(OnceRules.afterLookAtFence(100, OptionalLong.empty()))
        .isEqualTo(new Step.PutFence());
  }

  @Test
  void write_answersToItsPuts_leadOnOnlyIfTheyAreKnown() {
    assertThat(OnceRules.announce()).isEqualTo(new Step.PutManifest());
    for (boolean isFirst : new boolean[] {true, false}) {
      assertThat(OnceRules.afterManifest(STORED, isFirst)).isEqualTo(new Step.ListClaims());
      assertThat(OnceRules.afterManifest(REFUSED, isFirst)).isEqualTo(new Step.PutManifest());
    }
    assertThat(OnceRules.afterManifest(THERE, false)).isEqualTo(new Step.ListClaims());
    assertThat(OnceRules.afterManifest(THERE, true)).isEqualTo(new Step.StartAgain(Set.of()));
    assertThat(OnceRules.afterData(STORED)).isEqualTo(new Step.Stored());
    assertThat(OnceRules.afterData(THERE)).isEqualTo(new Step.LookAtData());
    assertThat(OnceRules.afterData(REFUSED)).isEqualTo(new Step.PutData());
  }

  @Test
  void afterLookAtData_sizeFound_tellsOursFromATombstone() {
    assertThat(OnceRules.afterLookAtData(100, OptionalLong.of(100))).isEqualTo(new Step.Stored());
    assertThat(OnceRules.afterLookAtData(100, TOMBSTONE)).isEqualTo(new Step.StartAgain(Set.of()));
    assertThat(OnceRules.afterLookAtData(100, NOTHING)).isEqualTo(new Step.PutData());
  }

  @Test
  void afterClaims_noneGreaterThanItsOwn_writes() {
    List<Holding> roll = List.of(none("a"), new Holding("b", MINE));
    assertThat(OnceRules.afterClaims(roll, Map.of())).isEqualTo(new Step.PutData());
    assertThat(OnceRules.afterClaims(roll, Map.of("b", MINE))).isEqualTo(new Step.PutData());
    assertThat(OnceRules.afterClaims(roll, Map.of("b", claim(1, 'f'))))
        .isEqualTo(new Step.PutData());
  }

  @Test
  void afterClaims_greaterThanItsOwn_leavesThoseOut() {
    List<Holding> roll = List.of(none("a"), new Holding("b", MINE), none("c"));
    assertThat(OnceRules.afterClaims(roll, Map.of("a", claim(1, '0'))))
        .isEqualTo(new Step.StartAgain(Set.of(0)));
    assertThat(OnceRules.afterClaims(roll, Map.of("b", claim(2, 'b'))))
        .isEqualTo(new Step.StartAgain(Set.of(1)));
    assertThat(
            OnceRules.afterClaims(
                roll, Map.of("a", claim(1, '0'), "b", claim(3, '0'), "c", claim(1, '0'))))
        .isEqualTo(new Step.NothingLeft());
  }

  @Test
  void afterClaims_sameBatchSeveralTimes_keepsTheOneWithTheGreatestClaim() {
    List<Holding> claimed = List.of(new Holding("a", MINE), new Holding("a", claim(1, 'f')));
    assertThat(OnceRules.afterClaims(claimed, Map.of("a", MINE)))
        .isEqualTo(new Step.StartAgain(Set.of(1)));
    assertThat(OnceRules.afterClaims(claimed, Map.of())).isEqualTo(new Step.StartAgain(Set.of(1)));
    List<Holding> laterIsGreater = List.of(new Holding("a", claim(1, 'f')), new Holding("a", MINE));
    assertThat(OnceRules.afterClaims(laterIsGreater, Map.of()))
        .isEqualTo(new Step.StartAgain(Set.of(0)));
  }

  @Test
  void afterClaims_sameBatchSeveralTimesUnclaimed_keepsTheFirst() {
    List<Holding> unclaimed = List.of(none("a"), none("b"), none("a"), none("a"));
    assertThat(OnceRules.afterClaims(unclaimed, Map.of()))
        .isEqualTo(new Step.StartAgain(Set.of(2, 3)));
  }

  @Test
  void afterOwnClaims_claimsThere_isAboveAll() {
    assertThat(OnceRules.suspect()).isEqualTo(new Step.ListOwnClaims());
    Step.PutClaim first = (Step.PutClaim) OnceRules.afterOwnClaims(List.of(), new Random(1));
    Step.PutClaim next =
        (Step.PutClaim)
            OnceRules.afterOwnClaims(List.of(claim(1, 'f'), claim(7, 'f')), new Random(1));
    assertThat(first.mine().n()).isEqualTo(1);
    assertThat(next.mine().n()).isEqualTo(8);
  }

  @Test
  void afterClaim_answer_leadsOnOnlyIfItLiesThere() {
    Step.PutClaim put = new Step.PutClaim(MINE);
    assertThat(OnceRules.afterClaim(put, STORED)).isEqualTo(new Step.ListManifests(MINE));
    assertThat(OnceRules.afterClaim(put, THERE)).isEqualTo(new Step.ListManifests(MINE));
    assertThat(OnceRules.afterClaim(put, REFUSED)).isEqualTo(put);
  }

  @Test
  void afterManifests_places_areLookedAtInOrder() {
    Step.ListManifests listed = new Step.ListManifests(MINE);
    assertThat(OnceRules.afterManifests(listed, List.of())).isEqualTo(new Step.NotThere(MINE));
    assertThat(OnceRules.afterManifests(listed, List.of(FIRST, SECOND)))
        .isEqualTo(new Step.LookAtPlace(MINE, List.of(FIRST, SECOND)));
  }

  @Test
  void afterLookAtPlace_sizeFound_endsOrGoesOn() {
    Step.LookAtPlace both = new Step.LookAtPlace(MINE, List.of(FIRST, SECOND));
    Step.LookAtPlace last = new Step.LookAtPlace(MINE, List.of(SECOND));
    assertThat(OnceRules.afterLookAtPlace(both, OptionalLong.of(100)))
        .isEqualTo(new Step.Found(FIRST));
    assertThat(OnceRules.afterLookAtPlace(both, TOMBSTONE)).isEqualTo(last);
    assertThat(OnceRules.afterLookAtPlace(last, TOMBSTONE)).isEqualTo(new Step.NotThere(MINE));
    assertThat(OnceRules.afterLookAtPlace(both, NOTHING))
        .isEqualTo(new Step.PutTombstone(MINE, List.of(FIRST, SECOND)));
  }

  @Test
  void afterTombstone_answer_leadsOnOnlyIfItWasThisPut() {
    Step.PutTombstone both = new Step.PutTombstone(MINE, List.of(FIRST, SECOND));
    Step.LookAtPlace again = new Step.LookAtPlace(MINE, List.of(FIRST, SECOND));
    assertThat(OnceRules.afterTombstone(both, STORED))
        .isEqualTo(new Step.LookAtPlace(MINE, List.of(SECOND)));
    assertThat(OnceRules.afterTombstone(new Step.PutTombstone(MINE, List.of(FIRST)), STORED))
        .isEqualTo(new Step.NotThere(MINE));
    assertThat(OnceRules.afterTombstone(both, THERE)).isEqualTo(again);
    assertThat(OnceRules.afterTombstone(both, REFUSED)).isEqualTo(again);
  }

  /** The one that was announced first stays: it is neither closed nor taken for the suspect. */
  @Test
  void afterLookAtPlace_otherBytesOfTheSameName_contradictUnlessTheyNeverWillBeStored() {
    Place other = new Place("other", 100, false);
    Step.LookAtPlace look = new Step.LookAtPlace(MINE, List.of(other, SECOND));
    assertThat(OnceRules.afterLookAtPlace(look, OptionalLong.of(100)))
        .isEqualTo(new Step.Contradicted("other"));
    assertThat(OnceRules.afterLookAtPlace(look, NOTHING)).isEqualTo(new Step.Contradicted("other"));
    assertThat(OnceRules.afterLookAtPlace(look, TOMBSTONE))
        .isEqualTo(new Step.LookAtPlace(MINE, List.of(SECOND)));
  }
}
