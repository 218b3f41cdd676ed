package io.millrace.toolbox.audit.judge;

import io.millrace.model.BatchId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of the payloads that receipts name; each ends up in one outcome. Thread-safe.
 */
public final class ReceiptTally {
  /** Every wrong payload is counted; only so many are listed, for memory's sake. */
  private static final int MAX_PROBLEMS = 100_000;

  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A payload that is not proven.
   *
   * @param where the object, or the objects; null if there is none
   */
  public record Problem(LineId id, Outcome outcome, @Nullable String where) {}

  /** A payload's outcome is known. */
  public void add(BatchId batch, int number, Outcome outcome, @Nullable String where) {
    counts.computeIfAbsent(outcome, o -> new LongAdder()).increment();
    if (outcome != Outcome.PROVEN) {
      synchronized (problems) {
        if (problems.size() < MAX_PROBLEMS) {
          problems.add(new Problem(new LineId(batch, number), outcome, where));
        }
      }
    }
  }

  /** The outcome of all payloads of some parts is known. */
  public void addAll(
      BatchId batch, List<ReceiptPart> parts, Outcome outcome, @Nullable String where) {
    for (ReceiptPart part : parts) {
      for (int i = 0; i < part.count(); i++) {
        add(batch, part.first() + i, outcome, where);
      }
    }
  }

  /** How many payloads have the outcome. */
  public long count(Outcome outcome) {
    LongAdder count = counts.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /** Payloads that are not proven, by id; the first 100,000 that were found. */
  public List<Problem> problems() {
    synchronized (problems) {
      return problems.stream()
          .sorted(
              Comparator.comparing((Problem problem) -> problem.id().batch().writer())
                  .thenComparingLong(problem -> problem.id().batch().seq())
                  .thenComparingInt(problem -> problem.id().n()))
          .toList();
    }
  }
}
