package io.millrace.toolbox.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.ReceivedMessage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldLettersTest {
  private static final long HALF = HeldLetters.VISIBILITY.dividedBy(2).toNanos();

  private final FakeMessageQueue queue = new FakeMessageQueue(() -> 0);
  private final HeldLetters leases = new HeldLetters(queue);

  @Test
  void renew_queueHidesAll_waitsForHalfOfTheTimeAgain() {
    queue.send("body", Map.of(), Duration.ofSeconds(1));
    leases.add(queue.receive(1, Duration.ZERO, HeldLetters.VISIBILITY).get(0), 0);
    leases.renew(HALF - 1);
    assertThat(queue.visibilityCalls()).isZero();
    leases.renew(HALF);
    leases.renew(HALF + 1);
    assertThat(queue.visibilityCalls()).isEqualTo(1);
  }

  @Test
  void renew_queueDoesNotHideOne_isTriedAgainAtTheNextCall() {
    leases.add(new ReceivedMessage("id", "no such handle", "body", 1, 0, Map.of()), 0);
    leases.renew(HALF);
    leases.renew(HALF + 1);
    assertThat(queue.visibilityCalls()).isEqualTo(2);
    assertThat(leases.size()).isEqualTo(1);
  }
}
