package io.millrace.toolbox.audit.judge;

import io.millrace.model.WriterId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was found of one writer. Filled under the lock of {@link Facts}, then only read. */
public final class WriterFacts {
  /** Of two places the one that a manifest tells of comes first: it knows when it was opened. */
  private static final Comparator<Sighting> ORDER =
      Comparator.comparingLong(Sighting::seq).thenComparing(Sighting::isForeign);

  private final String writer;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Map<Long, Sent> sent = new HashMap<>();
  private final Map<Long, Long> letters = new HashMap<>();
  private final Map<Long, Long> earlierLetters = new HashMap<>();
  private final List<Sighting> unlike = new ArrayList<>();
  private final Set<Long> abandoned = new HashSet<>();
  private final Set<Long> acknowledged = new HashSet<>();
  private boolean sorted;
  private long ended;
  private long endedEarly;

  /**
   * That a batch was on the queue, told by the manifest of an object that is not there.
   *
   * @param opened when its first payload came, ms since the epoch
   * @param early whether it was told before the first look at the queue
   * @param crc32c of its frame
   */
  record Sent(long opened, boolean early, int crc32c) {}

  WriterFacts(String writer) {
    this.writer = writer;
  }

  /** A batch is stored. */
  void stored(Sighting sighting) {
    sightings.add(sighting);
    sorted = false;
  }

  /**
   * A batch was on the queue.
   *
   * @param place where it was to be stored
   * @param early whether it was told before the first look at the queue
   */
  void sent(Sighting place, boolean early) {
    Sent told = new Sent(place.opened(), early, place.crc32c());
    Sent known = sent.putIfAbsent(place.seq(), told);
    if (known != null) {
      sent.put(place.seq(), new Sent(known.opened, known.early || early, known.crc32c));
      if (known.crc32c != told.crc32c) {
        unlike.add(place);
      }
    }
  }

  /**
   * Batches that a manifest names with other bytes than another does, once a place: a writer makes
   * each number's frame once, so that somebody else made one of the two.
   */
  public List<Sighting> unlike() {
    List<Sighting> all = new ArrayList<>(unlike);
    Sighting first = null;
    for (Sighting place : sightings()) {
      if (place.isForeign()) {
        continue;
      }
      Sent told = sent.get(place.seq());
      if (first == null || first.seq() != place.seq()) {
        first = place;
      }
      if (first.crc32c() != place.crc32c() || (told != null && told.crc32c != place.crc32c())) {
        all.add(place);
      }
    }
    return all;
  }

  /** All lower numbers have ended. */
  void ended(long number, boolean early) {
    ended = Math.max(ended, number);
    if (early) {
      endedEarly = Math.max(endedEarly, number);
    }
  }

  /** Batches whose collections were answered with an error. */
  void abandoned(List<Long> numbers) {
    abandoned.addAll(numbers);
  }

  /** A batch, opened then, lies in the dead-letter queue. */
  void letter(long seq, long opened) {
    letters.put(seq, opened);
  }

  /** A batch, opened then, lay in the dead-letter queue before anything was listed. */
  void earlierLetter(long seq, long opened) {
    earlierLetters.put(seq, opened);
  }

  /** A receipt names the batch. */
  void acknowledged(long seq) {
    acknowledged.add(seq);
  }

  /** The writer's id. */
  public String writer() {
    return writer;
  }

  /** When the writer began, ms since the epoch. */
  long began() {
    return WriterId.epochMs(writer);
  }

  /** Where its batches are stored, by their numbers. */
  List<Sighting> sightings() {
    if (!sorted) {
      sightings.sort(ORDER);
      sorted = true;
    }
    return Collections.unmodifiableList(sightings);
  }

  /**
   * Where one batch is stored; a copy. Sorts at its first call, so not to be mixed with filling.
   */
  List<Sighting> places(long seq) {
    List<Sighting> all = sightings();
    Sighting wanted = Sighting.foreign(seq, 0, 0, "");
    int at = Collections.binarySearch(all, wanted, Comparator.comparingLong(Sighting::seq));
    if (at < 0) {
      return List.of();
    }
    int from = at;
    int to = at + 1;
    while (from > 0 && all.get(from - 1).seq() == seq) {
      from--;
    }
    while (to < all.size() && all.get(to).seq() == seq) {
      to++;
    }
    return List.copyOf(all.subList(from, to));
  }

  /** Batches that were on the queue though no object tells of them. */
  Map<Long, Sent> sent() {
    return sent;
  }

  /** Batches in the dead-letter queue, and when they were opened, ms since the epoch. */
  Map<Long, Long> letters() {
    return letters;
  }

  /** The same, as it was before anything was listed. */
  Map<Long, Long> earlierLetters() {
    return earlierLetters;
  }

  /** Batches that were told as abandoned. */
  Set<Long> abandoned() {
    return abandoned;
  }

  /** Batches that receipts name. */
  Set<Long> acknowledged() {
    return acknowledged;
  }

  /** All lower numbers have ended; 0 if none is known to have. */
  long ended() {
    return ended;
  }

  /** The same, as it was told before the first look at the queue. */
  long endedEarly() {
    return endedEarly;
  }
}
