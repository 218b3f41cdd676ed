package io.millrace.simulation.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.Rule;
import io.millrace.simulation.RulesUnderTest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExhaustiveTest {
  private static final RulesUnderTest ALL_RULES = new RulesUnderTest(null);
  private static final List<Integer> DRAWS = List.of(1, 2, 3);

  @Test
  void search_goodDeliveryAndSuspect_storesOnceWhateverTheOrder() {
    ExhaustiveSearch search = search(ALL_RULES, world(3, 2, good(), suspect()));
    assertSafe(search);
    assertNone(search.shortestWayToDeadEnd());
    assertThat(search.size()).isGreaterThan(10_000);
  }

  @Test
  void search_twoSuspects_storesOnceWhateverTheOrder() {
    ExhaustiveSearch search = search(ALL_RULES, world(3, 2, suspect(), suspect()));
    assertSafe(search);
    assertNone(search.shortestWayToDeadEnd());
    assertThat(search.size()).isGreaterThan(50_000);
  }

  /** Some of these run out of keys, which workers do not; what they did before was safe. */
  @Test
  void search_goodDeliveryAndTwoSuspects_isSafeWhateverTheOrder() {
    ExhaustiveSearch search = search(ALL_RULES, world(4, 0, good(), suspect(), suspect()));
    assertSafe(search);
    assertThat(search.size()).isGreaterThan(100_000);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CLAIM_IS_PUT",
        "RANDOM_BREAKS_TIES",
        "TOMBSTONE_IS_PUT",
        "MANIFEST_BEFORE_DATA",
        "CLAIMS_ARE_LOOKED_AT_BEFORE_DATA",
        "NO_OVERWRITE",
        "SAME_KEY_AFTER_UNKNOWN"
      })
  void search_withoutOneRule_findsBatchTwice(Rule off) {
    ExhaustiveSearch search = search(new RulesUnderTest(off), world(3, 1, suspect(), suspect()));
    assertThat(search.shortestWayTo(SmallWorld::isTwice)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT_IS_LOOKED_AT", "DELETE_AFTER_STORED"})
  void search_withoutOneRule_findsMessageDeletedTooSoon(Rule off) {
    ExhaustiveSearch search = search(new RulesUnderTest(off), world(3, 1, good(), suspect()));
    assertThat(search.shortestWayTo(SmallWorld::isLost)).isPresent();
  }

  @Test
  void search_keyThatEndsUsedAgain_findsDeadEnd() {
    RulesUnderTest rules = new RulesUnderTest(Rule.NEW_KEY_PER_ATTEMPT);
    ExhaustiveSearch search = search(rules, world(3, 0, suspect(), suspect()));
    assertThat(search.shortestWayToDeadEnd()).isPresent();
  }

  private static ExhaustiveSearch search(RulesUnderTest rules, SmallWorld start) {
    return new ExhaustiveSearch(start, new SmallSteps(rules, DRAWS));
  }

  private static SmallWorld world(int keys, int losses, SmallDelivery... deliveries) {
    SmallStore store = SmallStore.empty(keys);
    return new SmallWorld(store, List.of(), Set.of(), losses, List.of(deliveries));
  }

  private static SmallDelivery good() {
    return SmallDelivery.good();
  }

  private static SmallDelivery suspect() {
    return SmallDelivery.suspect(ALL_RULES.suspect());
  }

  private static void assertSafe(ExhaustiveSearch search) {
    assertNone(search.shortestWayTo(SmallWorld::isTwice));
    assertNone(search.shortestWayTo(SmallWorld::isLost));
  }

  private static void assertNone(Optional<List<SmallWorld>> way) {
    assertThat(way.stream().flatMap(List::stream)).as("a way to what must not be").isEmpty();
  }
}
