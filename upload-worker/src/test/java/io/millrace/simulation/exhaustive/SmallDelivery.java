package io.millrace.simulation.exhaustive;

import io.millrace.model.Claim;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A delivery of the one batch, on its way. Immutable.
 *
 * @param step that it takes next
 * @param claim that it holds
 * @param key of its roll; -1 if it has none yet
 * @param seen what the pages of a LIST under way have shown
 * @param pages of it that were read
 * @param deleted whether the message is
 */
record SmallDelivery(
    Step step, Claim claim, int key, List<Place> seen, int pages, boolean deleted) {
  SmallDelivery {
    seen = List.copyOf(seen);
  }

  /** One that goes into a roll at once. */
  static SmallDelivery good() {
    return new SmallDelivery(new Step.StartAgain(Set.of()), Claim.NONE, -1, List.of(), 0, false);
  }

  /** One that is to be checked before. */
  static SmallDelivery suspect(Step.Check first) {
    return new SmallDelivery(first, Claim.NONE, -1, List.of(), 0, false);
  }

  SmallDelivery to(Step next) {
    return new SmallDelivery(next, claim, key, List.of(), 0, deleted);
  }

  SmallDelivery intoRoll(Claim mine) {
    return new SmallDelivery(new Step.StartAgain(Set.of()), mine, key, List.of(), 0, deleted);
  }

  SmallDelivery at(int newKey) {
    return new SmallDelivery(step, claim, newKey, seen, pages, deleted);
  }

  SmallDelivery withPage(List<Place> shown) {
    List<Place> more = new ArrayList<>(seen);
    more.addAll(shown);
    return new SmallDelivery(step, claim, key, more, pages + 1, deleted);
  }

  SmallDelivery asDeleted() {
    return new SmallDelivery(step, claim, key, seen, pages, true);
  }

  boolean hasEnded() {
    return deleted || step instanceof Step.NothingLeft;
  }
}
