package io.millrace.toolbox.audit;

import io.millrace.toolbox.audit.Scope.Place;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a writer that belong, or may belong, into the range: its own, and what is absent
 * between them and the nearest number of the hour before and of the hour after. What is absent at
 * the seam of two hours is judged with both, so that no two audits leave it out. What a receipt
 * names is taken as inside: receipts are chosen by their time. Numbers beyond the last one known
 * are nobody's.
 *
 * @param first at least 1
 * @param last at least {@code first}
 */
record Bounds(long first, long last) {

  /** The bounds of one writer; null if none of its numbers are known to belong into the range. */
  static @Nullable Bounds of(WriterFacts facts, Scope scope) {
    Search search = new Search();
    visit(facts, scope, search::inside);
    visit(facts, scope, search::around);
    long first = search.first(scope.sawBeginning(facts.began()));
    long last = search.last();
    return first > last ? null : new Bounds(first, last);
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

    long last() {
      return after < Long.MAX_VALUE ? after - 1 : lastInside;
    }
  }
}
