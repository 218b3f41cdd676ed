package io.millrace.toolbox.audit.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that are added in ascending order, kept as ranges: what is absent may be a million
 * numbers in a row. One thread's own until it is complete.
 */
public final class Ranges {
  private final List<Range> ranges = new ArrayList<>();
  private long count;

  /**
   * Numbers in a row.
   *
   * @param first the lowest
   * @param last the highest, at least {@code first}
   */
  public record Range(long first, long last) {
    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + "-" + last;
    }
  }

  /** Adds one number, greater than all before. */
  void add(long number) {
    add(number, number);
  }

  /** Adds the numbers from first to last, greater than all before; none if last is less. */
  void add(long first, long last) {
    if (last < first) {
      return;
    }
    count += last - first + 1;
    int end = ranges.size() - 1;
    if (end >= 0 && ranges.get(end).last + 1 == first) {
      ranges.set(end, new Range(ranges.get(end).first, last));
    } else {
      ranges.add(new Range(first, last));
    }
  }

  /** How many numbers. */
  public long count() {
    return count;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** The lowest number, or {@link Long#MAX_VALUE} if there are none. */
  long first() {
    return isEmpty() ? Long.MAX_VALUE : ranges.get(0).first;
  }

  /** The ranges, ascending; a copy. */
  public List<Range> list() {
    return List.copyOf(ranges);
  }

  /** All of them, as {@code 3, 5-9}. */
  @Override
  public String toString() {
    return text(ranges.size());
  }

  /** At most so many ranges, then how many more there are. */
  public String text(int most) {
    StringBuilder text = new StringBuilder();
    for (Range range : ranges.subList(0, Math.min(most, ranges.size()))) {
      text.append(text.isEmpty() ? "" : ", ").append(range);
    }
    int more = ranges.size() - most;
    return more > 0 ? text + " and " + more + " more" : text.toString();
  }
}
