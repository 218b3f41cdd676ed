package io.millrace.fault;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What came of a case, event by event.
 *
 * @param acknowledged payloads that were answered with 202
 * @param lost line ids of those that are not stored, or not as they were sent
 * @param doubled ids of lines and batches that are stored more than once, acknowledged or not
 * @param longestRecovery from the end of a fault until the next 202, and until all that had been
 *     acknowledged before was stored, whichever took longer
 */
record Verdict(int acknowledged, Set<String> lost, Set<String> doubled, Duration longestRecovery) {
  private static final int SHOWN = 5;

  /**
   * Compares.
   *
   * @param healed when the faults ended
   */
  public static Verdict of(List<Acknowledged> acknowledged, Stored stored, List<Instant> healed) {
    NavigableSet<Instant> ends = new TreeSet<>(healed);
    return new Verdict(
        acknowledged.size(),
        lost(acknowledged, stored),
        doubled(acknowledged, stored),
        Stream.concat(
                ends.stream().map(end -> answered(end, acknowledged)),
                acknowledged.stream().map(one -> stored(one, stored, ends)))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO));
  }

  /** Fails with how many there are, and with the first of them. */
  void assertNothingLostOrDoubled() {
    assertThat(acknowledged).as("acknowledged").isPositive();
    assertThat(first(lost)).as("%d acknowledged payloads lost", lost.size()).isEmpty();
    assertThat(first(doubled)).as("%d stored more than once", doubled.size()).isEmpty();
  }

  private static List<String> first(Set<String> ids) {
    return ids.stream().limit(SHOWN).toList();
  }

  private static Set<String> lost(List<Acknowledged> acknowledged, Stored stored) {
    return acknowledged.stream()
        .filter(
            one ->
                stored.lines().getOrDefault(one.line(), List.of()).stream()
                    .noneMatch(copy -> copy.sha256().equals(one.sha256())))
        .map(Acknowledged::line)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> doubled(List<Acknowledged> acknowledged, Stored stored) {
    Set<String> doubled = new TreeSet<>();
    doubled.addAll(repeated(stored.lines()));
    doubled.addAll(repeated(stored.batches()));
    Set<String> answered = new HashSet<>();
    acknowledged.stream()
        .map(Acknowledged::line)
        .filter(line -> !answered.add(line))
        .forEach(doubled::add);
    return doubled;
  }

  private static <T> List<String> repeated(Map<String, List<T>> copies) {
    return copies.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Duration answered(Instant end, List<Acknowledged> acknowledged) {
    return acknowledged.stream()
        .map(Acknowledged::at)
        .filter(at -> at.isAfter(end))
        .min(Comparator.naturalOrder())
        .map(first -> Duration.between(end, first))
        .orElseThrow(() -> new AssertionError("nothing was acknowledged after " + end));
  }

  /** Faults follow one another, so time counts from the last that ended before it was stored. */
  private static Duration stored(Acknowledged one, Stored stored, NavigableSet<Instant> healed) {
    List<Stored.Copy> copies = stored.lines().get(one.line());
    Instant end = copies == null ? null : healed.floor(copies.get(0).at());
    return end == null || end.isBefore(one.at())
        ? Duration.ZERO
        : Duration.between(end, copies.get(0).at());
  }
}
