package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.time.FakeTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldMessagesTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(2);
  private static final Duration HALF = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final Duration INSTANT = Duration.ofNanos(1);

  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final List<Integer> failures = new ArrayList<>();
  private final HeldMessages held = new HeldMessages(queue, VISIBILITY, failures::add, ticker);

  private String receive() {
    queue.send("body", Map.of(), Duration.ofSeconds(1));
    String handle = queue.receive(1, Duration.ZERO, VISIBILITY).get(0).receiptHandle();
    held.hold(handle, ticker.nanos());
    return handle;
  }

  @Test
  void extendAllDue_queueHidesAll_waitsForHalfOfTheTimeAgain() throws InterruptedException {
    receive();
    ticker.advance(HALF.minus(INSTANT));
    held.extendAllDue();
    assertThat(queue.visibilityCalls()).isZero();
    ticker.advance(INSTANT);
    held.extendAllDue();
    ticker.advance(INSTANT);
    held.extendAllDue();
    assertThat(queue.visibilityCalls()).isEqualTo(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void extendAllDue_queueDoesNotHideOne_isToldAndTriedAgainSooner() throws InterruptedException {
    held.hold("no such handle", ticker.nanos());
    ticker.advance(HALF);
    held.extendAllDue();
    assertThat(failures).containsExactly(1);
    ticker.advance(LOOK);
    held.extendAllDue();
    assertThat(queue.visibilityCalls()).isEqualTo(2);
    assertThat(failures).containsExactly(1, 1);
  }

  @Test
  void extendDue_heldLaterButDueSooner_isNotOverlooked() {
    held.hold("first", ticker.nanos() + HALF.toNanos());
    held.hold("second", ticker.nanos());
    ticker.advance(HALF);
    assertThat(held.extendDue()).isEqualTo(1);
  }

  @Test
  void handBack_queueAway_isToldAndHoldsNoneOfThem() {
    String handle = receive();
    queue.failWith(new QueueException("away", new IOException("reset")));
    assertThat(held.handBack(List.of(handle, "no such handle"))).isZero();
    assertThat(failures).containsExactly(2);
    ticker.advance(VISIBILITY);
    assertThat(held.extendDue()).isZero();
  }

  @Test
  void handBack_many_returnsHowManyAreShownAgain() {
    String handle = receive();
    assertThat(held.handBack(List.of(handle, "no such handle"))).isEqualTo(1);
    assertThat(failures).containsExactly(1);
    assertThat(queue.counts().visible()).isEqualTo(1);
  }
}
