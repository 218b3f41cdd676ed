package io.millrace.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

  @Test
  void of_allStoredOnce_isClean() {
    Verdict verdict = judge(List.of(acknowledged("a", 0)), Map.of("a", List.of(copy("hash-a", 1))));

    assertThat(verdict.acknowledged()).isOne();
    verdict.assertNothingLostOrDoubled();
  }

  @Test
  void of_nothingAcknowledged_isNoProof() {
    assertThatThrownBy(judge(List.of(), Map.of())::assertNothingLostOrDoubled)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void of_lineThatIsNowhere_isLost() {
    Verdict verdict = judge(List.of(acknowledged("a", 0)), Map.of());

    assertThat(verdict.lost()).containsExactly("a");
    assertThatThrownBy(verdict::assertNothingLostOrDoubled).hasMessageContaining("1 acknowledged");
  }

  @Test
  void of_lineWithOtherBytes_isLost() {
    Verdict verdict = judge(List.of(acknowledged("a", 0)), Map.of("a", List.of(copy("other", 1))));

    assertThat(verdict.lost()).containsExactly("a");
  }

  @Test
  void of_lineInTwoObjects_isDoubleThoughNotAcknowledged() {
    Verdict verdict =
        judge(
            List.of(acknowledged("a", 0)),
            Map.of(
                "a", List.of(copy("hash-a", 1)), "b", List.of(copy("hash", 1), copy("hash", 2))));

    assertThat(verdict.doubled()).containsExactly("b");
    assertThatThrownBy(verdict::assertNothingLostOrDoubled).hasMessageContaining("1 stored more");
  }

  @Test
  void of_checkpointInTwoObjects_isDouble() {
    Stored stored = new Stored(Map.of(), Map.of("w-7", List.of("one", "two")));

    assertThat(Verdict.of(List.of(), stored, List.of()).doubled()).containsExactly("w-7");
  }

  @Test
  void of_lineAcknowledgedTwice_isDouble() {
    Verdict verdict =
        judge(
            List.of(acknowledged("a", 0), acknowledged("a", 1)),
            Map.of("a", List.of(copy("hash-a", 1))));

    assertThat(verdict.doubled()).containsExactly("a");
  }

  @Test
  void of_lineStoredAfterTwoFaults_countsRecoveryFromTheSecond() {
    Verdict verdict =
        Verdict.of(
            List.of(acknowledged("a", 0), acknowledged("b", 21)),
            new Stored(
                Map.of("a", List.of(copy("hash-a", 25)), "b", List.of(copy("hash-b", 60))),
                Map.of()),
            List.of(at(10), at(20)));

    assertThat(verdict.longestRecovery())
        .as("from 10 until the next 202 at 21; a is stored 5 s after 20, b began after it")
        .isEqualTo(Duration.ofSeconds(11));
  }

  private static Verdict judge(
      List<Acknowledged> acknowledged, Map<String, List<Stored.Copy>> lines) {
    return Verdict.of(acknowledged, new Stored(lines, Map.of()), List.of());
  }

  private static Acknowledged acknowledged(String line, int seconds) {
    return new Acknowledged(line, "hash-" + line, at(seconds));
  }

  private static Stored.Copy copy(String hash, int seconds) {
    return new Stored.Copy("object", hash, at(seconds));
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }
}
