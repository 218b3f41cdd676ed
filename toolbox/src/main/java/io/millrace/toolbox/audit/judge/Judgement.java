package io.millrace.toolbox.audit.judge;

import io.millrace.toolbox.audit.judge.Scope.Place;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of each number of one writer what became of it. Pure, but for its own lists; one thread's
 * own.
 *
 * <p>An absent number is <em>owed</em> if it surely has been on the queue: a receipt names it, or
 * the manifest of a roll that was never stored, or {@code ended} lies above it. What is owed is
 * missing if the queue is empty and the number was known to be on it before the first look at the
 * queue; what came to be known later may have been sent and stored after the objects were listed,
 * and is unsettled. So is what was a dead letter then and is none now: it was sent back meanwhile.
 * Below {@code ended} is also what was abandoned, which a header tells. Above it, a number was
 * under way when the writer ended, or is now: it is open, and receipts alone can tell whether it is
 * owed.
 */
public final class Judgement {
  private final WriterFacts facts;
  private final Scope scope;
  private final boolean settled;
  private final Ranges stored = new Ranges();
  private final Ranges abandoned = new Ranges();
  private final Ranges deadLettered = new Ranges();
  private final Ranges missing = new Ranges();
  private final Ranges unsettled = new Ranges();
  private final Ranges open = new Ranges();
  private final SortedMap<Long, List<String>> doubles = new TreeMap<>();
  private long payloads;

  private Judgement(WriterFacts facts, Scope scope, boolean settled) {
    this.facts = facts;
    this.scope = scope;
    this.settled = settled;
  }

  /**
   * Judges a writer.
   *
   * @param settled whether the queue was empty, and all dead letters and manifests were read
   * @return null if none of its numbers may belong into the range
   */
  public static @Nullable WriterReport judge(WriterFacts facts, Scope scope, boolean settled) {
    Bounds bounds = Bounds.of(facts, scope);
    if (bounds == null) {
      return null;
    }
    Judgement judgement = new Judgement(facts, scope, settled);
    judgement.walk(bounds);
    return judgement.report(bounds);
  }

  private void walk(Bounds bounds) {
    List<Sighting> sightings = facts.sightings();
    int at = 0;
    long next = bounds.first();
    for (long number : known(bounds)) {
      unknown(next, number - 1);
      next = number + 1;
      while (at < sightings.size() && sightings.get(at).seq() < number) {
        at++;
      }
      int end = at;
      while (end < sightings.size() && sightings.get(end).seq() == number) {
        end++;
      }
      if (end > at) {
        seen(sightings.subList(at, end));
      } else {
        absent(number);
      }
    }
    unknown(next, bounds.last());
  }

  /** The numbers of which anything is known, ascending: between two of them none is stored. */
  private long[] known(Bounds bounds) {
    LongStream sightings = facts.sightings().stream().mapToLong(Sighting::seq);
    LongStream others =
        Stream.of(
                facts.sent().keySet(),
                facts.letters().keySet(),
                facts.earlierLetters().keySet(),
                facts.abandoned(),
                facts.acknowledged())
            .flatMap(Set::stream)
            .mapToLong(Long::longValue);
    return LongStream.concat(sightings, others)
        .filter(number -> number >= bounds.first() && number <= bounds.last())
        .sorted()
        .distinct()
        .toArray();
  }

  private void seen(List<Sighting> places) {
    Sighting first = places.get(0);
    if (scope.place(first.opened()) != Place.INSIDE) {
      return;
    }
    stored.add(first.seq());
    payloads += first.payloads();
    if (places.size() > 1) {
      doubles.put(first.seq(), places.stream().map(Sighting::object).toList());
    }
  }

  private void absent(long number) {
    boolean acknowledged = facts.acknowledged().contains(number);
    Long letter = facts.letters().get(number);
    Long earlierLetter = facts.earlierLetters().get(number);
    WriterFacts.Sent sent = facts.sent().get(number);
    if (facts.abandoned().contains(number) && !acknowledged) {
      abandoned.add(number);
    } else if (letter != null) {
      if (acknowledged || scope.place(letter) == Place.INSIDE) {
        deadLettered.add(number);
      }
    } else if (earlierLetter != null) {
      if (acknowledged || scope.place(earlierLetter) == Place.INSIDE) {
        unsettled.add(number);
      }
    } else if (acknowledged) {
      owed(number, number, true);
    } else if (sent == null) {
      unknown(number, number);
    } else if (scope.place(sent.opened()) == Place.INSIDE) {
      owed(number, number, sent.early() || number < facts.endedEarly());
    }
  }

  /** Numbers in a row of which nothing is known but where {@code ended} lies. */
  private void unknown(long first, long last) {
    owed(first, Math.min(last, facts.endedEarly() - 1), true);
    owed(Math.max(first, facts.endedEarly()), Math.min(last, facts.ended() - 1), false);
    open.add(Math.max(first, facts.ended()), last);
  }

  private void owed(long first, long last, boolean early) {
    (settled && early ? missing : unsettled).add(first, last);
  }

  private WriterReport report(Bounds bounds) {
    return new WriterReport(
        facts.writer(),
        facts.began(),
        bounds.last(),
        bounds.unseenBelow(),
        stored,
        payloads,
        abandoned,
        doubles,
        deadLettered,
        missing,
        unsettled,
        open,
        frontier());
  }

  private WriterFrontier frontier() {
    List<Sighting> sightings = facts.sightings();
    Sighting newest = sightings.isEmpty() ? null : sightings.get(sightings.size() - 1);
    long owed = Math.min(missing.first(), unsettled.first());
    return new WriterFrontier(
        newest == null ? facts.began() : newest.opened(),
        newest != null && newest.payloads() == 0 && !newest.isForeign(),
        openedBefore(owed),
        openedBefore(open.first()));
  }

  private long openedBefore(long number) {
    if (number == Long.MAX_VALUE) {
      return WriterFrontier.NEVER;
    }
    long opened = facts.began();
    for (Sighting sighting : facts.sightings()) {
      if (sighting.seq() >= number) {
        break;
      }
      opened = sighting.opened();
    }
    return opened;
  }
}
