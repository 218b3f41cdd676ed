package io.millrace.benchmark.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of requests.
 *
 * @param sent begun to be written
 * @param accepted payloads that answers say were taken
 * @param broken ended by their connection, without an answer
 * @param unanswered sent, and given up at the end
 * @param unsent never sent, as all connections were busy until the end
 * @param byStatus answers
 */
public record LoadCounts(
    long sent,
    long accepted,
    long broken,
    long unanswered,
    long unsent,
    Map<Integer, Long> byStatus) {
  private static final int ACCEPTED = 202;

  static LoadCounts none() {
    return new LoadCounts(0, 0, 0, 0, 0, Map.of());
  }

  static LoadCounts of(
      long sent,
      long accepted,
      long broken,
      long unanswered,
      long unsent,
      AtomicLongArray statuses) {
    Map<Integer, Long> byStatus = new TreeMap<>();
    for (int status = 0; status < statuses.length(); status++) {
      if (statuses.get(status) > 0) {
        byStatus.put(status, statuses.get(status));
      }
    }
    return new LoadCounts(sent, accepted, broken, unanswered, unsent, byStatus);
  }

  /** Both together. */
  LoadCounts plus(LoadCounts other) {
    return combined(other, 1);
  }

  /** What came since an earlier reading. */
  public LoadCounts since(LoadCounts earlier) {
    return combined(earlier, -1);
  }

  /** Answers of any status. */
  public long answered() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Answers 202. */
  public long answered202() {
    return byStatus.getOrDefault(ACCEPTED, 0L);
  }

  private LoadCounts combined(LoadCounts other, int sign) {
    Map<Integer, Long> statuses = new TreeMap<>(byStatus);
    other.byStatus.forEach((status, count) -> statuses.merge(status, sign * count, Long::sum));
    statuses.values().removeIf(count -> count == 0);
    return new LoadCounts(
        sent + sign * other.sent,
        accepted + sign * other.accepted,
        broken + sign * other.broken,
        unanswered + sign * other.unanswered,
        unsent + sign * other.unsent,
        statuses);
  }
}
