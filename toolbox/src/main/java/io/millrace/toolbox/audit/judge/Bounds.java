package io.millrace.toolbox.audit.judge;

import io.millrace.toolbox.audit.judge.Scope.Place;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a writer that belong, or may belong, into the range: its own, and what is absent
 * between them and the nearest number of the hour before and of the hour after. What is absent at
 * the seam of two hours is judged with both. Where the hour before shows nothing of a writer that
 * was there before, nobody knows where what is absent below its first number belongs: that is not
 * judged, but told, so that of audits of all hours at least the one in which it is seen again
 * tells. What a receipt names is taken as inside: receipts are chosen by their time. Numbers beyond
 * the last one known are nobody's.
 *
 * @param first at least 1
 * @param last less than {@code first} if there is nothing to judge
 * @param unseenBelow numbers below it were not looked at and may belong into the range; 0 if there
 *     are none
 */
public record Bounds(long first, long last, long unseenBelow) {

  /** The bounds of one writer; null if none of its numbers may belong into the range. */
  static @Nullable Bounds of(WriterFacts facts, Scope scope) {
    Search search = new Search();
    visit(facts, scope, search::inside);
    visit(facts, scope, search::around);
    boolean sawBeginning = scope.sawBeginning(facts.began());
    long first = search.first(sawBeginning);
    long last = search.last();
    long unseenBelow = search.unseenBelow(sawBeginning);
    if (first <= last) {
      return new Bounds(first, last, unseenBelow);
    }
    return unseenBelow == 0 ? null : new Bounds(1, 0, unseenBelow);
  }

  private interface Visitor {
    void visit(long seq, Place place);
  }

  private static void visit(WriterFacts facts, Scope scope, Visitor visitor) {
    for (Sighting sighting : facts.sightings()) {
      visitor.visit(sighting.seq(), scope.place(sighting.opened()));
    }
    facts.sent().forEach((seq, told) -> visitor.visit(seq, scope.place(told.opened())));
    facts.letters().forEach((seq, opened) -> visitor.visit(seq, scope.place(opened)));
    facts.earlierLetters().forEach((seq, opened) -> visitor.visit(seq, scope.place(opened)));
    facts.acknowledged().forEach(seq -> visitor.visit(seq, Place.INSIDE));
  }

  /** Two passes: the ends of what is inside, then the neighbours of these. */
  private static final class Search {
    private long firstInside = Long.MAX_VALUE;
    private long lastInside;
    private long before;
    private long after = Long.MAX_VALUE;

    void inside(long seq, Place place) {
      if (place == Place.INSIDE) {
        firstInside = Math.min(firstInside, seq);
        lastInside = Math.max(lastInside, seq);
      }
    }

    void around(long seq, Place place) {
      if (place == Place.BEFORE && seq < firstInside) {
        before = Math.max(before, seq);
      }
      if (place == Place.AFTER && seq > lastInside) {
        after = Math.min(after, seq);
      }
    }

    long first(boolean sawBeginning) {
      return before > 0 || sawBeginning ? before + 1 : firstInside;
    }

    long unseenBelow(boolean sawBeginning) {
      long firstSeen = Math.min(firstInside, after);
      boolean known = before > 0 || sawBeginning || firstSeen == 1;
      return known || firstSeen == Long.MAX_VALUE ? 0 : firstSeen;
    }

    long last() {
      return after < Long.MAX_VALUE ? after - 1 : lastInside;
    }
  }
}
