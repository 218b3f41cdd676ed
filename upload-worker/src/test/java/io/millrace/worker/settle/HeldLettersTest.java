package io.millrace.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.hostile.HeapUse;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the lane of dead letters holds is what it counts, whatever a message is made of. */
class HeldLettersTest {
  private static final double MOST_FOR_EACH_COUNTED = 1.5;

  /** SQS lets a message have 10. */
  private static final int ATTRIBUTES = 10;

  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final SettleMetrics metrics = new SettleMetrics(new SimpleMeterRegistry());
  private final Leases leases = new Leases(queue, Duration.ofMinutes(2), metrics, ticker);
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));
  private final DeadLetters letters =
      new DeadLetters(
          queue,
          new Acknowledger(queue, leases, backoff, ticker, metrics),
          leases,
          metrics,
          ticker);

  @Test
  void offer_longBodies_areNearlyWhatTheyTake() {
    assertThat(heldForEachCounted(20_000, 0)).isBetween(0.1, MOST_FOR_EACH_COUNTED);
    assertThat(letters.bytes()).isGreaterThan(DeadLetters.MAX_BYTES * 9 / 10);
  }

  @Test
  void offer_longAttributes_areNearlyWhatTheyTake() {
    assertThat(heldForEachCounted(1, 2_000)).isBetween(0.1, MOST_FOR_EACH_COUNTED);
    assertThat(letters.bytes()).isGreaterThan(DeadLetters.MAX_BYTES * 9 / 10);
  }

  @Test
  void offer_manySmallestMessages_areNearlyWhatTheyTake() {
    assertThat(heldForEachCounted(1, 1)).isBetween(0.1, MOST_FOR_EACH_COUNTED);
    assertThat(letters.size()).isEqualTo(1_000);
  }

  /** Offers messages until one finds no room. */
  private double heldForEachCounted(int bodyCharacters, int attributeCharacters) {
    long before = HeapUse.heldBytes();
    int offered = 0;
    do {
      letters.offer(poison(offered++, bodyCharacters, attributeCharacters), 0);
    } while (letters.size() == offered);
    return (double) (HeapUse.heldBytes() - before) / letters.bytes();
  }

  private static Poison poison(int n, int bodyCharacters, int attributeCharacters) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < ATTRIBUTES; i++) {
      attributes.put(n + "-" + i, wide(n, attributeCharacters));
    }
    String body = wide(n, bodyCharacters);
    return new Poison(
        new ReceivedMessage("m" + n, "h".repeat(400) + n, body, 1, 0, attributes),
        Poison.Kind.UNDECODABLE,
        "no header line, message " + n);
  }

  /** Of that many characters at least; the first makes Java take two bytes for each. */
  private static String wide(int n, int characters) {
    return "\u20ac" + n + "x".repeat(characters);
  }
}
