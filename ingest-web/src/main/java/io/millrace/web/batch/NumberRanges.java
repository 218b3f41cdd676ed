package io.millrace.web.batch;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of numbers, kept as ranges: what an outage of hours abandons is one long row.
 *
 * <p>Not thread-safe.
 */
final class NumberRanges {
  /** First to last number, both inside; no two ranges touch. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The lowest number; there is one. */
  long first() {
    return ranges.firstKey();
  }

  /** Adds a number that is not inside. */
  void add(long number) {
    Long above = ranges.remove(number + 1);
    long last = above == null ? number : above;
    Map.@Nullable Entry<Long, Long> below = ranges.lowerEntry(number);
    boolean joins = below != null && below.getValue() == number - 1;
    ranges.put(joins ? below.getKey() : number, last);
  }

  /** Takes the lowest number out; there is one. */
  long removeFirst() {
    Map.Entry<Long, Long> lowest = Objects.requireNonNull(ranges.pollFirstEntry());
    long first = lowest.getKey();
    if (first < lowest.getValue()) {
      ranges.put(first + 1, lowest.getValue());
    }
    return first;
  }
}
