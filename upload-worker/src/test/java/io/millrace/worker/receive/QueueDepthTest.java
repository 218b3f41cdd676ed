package io.millrace.worker.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.time.FakeTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueDepthTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final FakeMessageQueue deadLetters = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final QueueDepth depth = new QueueDepth(queue, deadLetters, registry, ticker);

  private double shown(String name, String state) {
    return registry
        .get("millrace.sqs.messages")
        .tags("queue", name, "state", state)
        .gauge()
        .value();
  }

  @Test
  void gauges_beforeTheFirstLook_areNoNumbers() {
    assertThat(shown("main", "visible")).isNaN();
    assertThat(shown("dead-letters", "visible")).isNaN();
  }

  @Test
  void runOnce_messagesOnBoth_showsEachQueueByState() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      queue.send("m" + i, Map.of(), VISIBILITY);
    }
    queue.receive(1, Duration.ZERO, VISIBILITY);
    deadLetters.send("d", Map.of(), VISIBILITY);

    assertThat(depth.runOnce()).isTrue();

    assertThat(shown("main", "visible")).isEqualTo(2);
    assertThat(shown("main", "in-flight")).isEqualTo(1);
    assertThat(shown("main", "delayed")).isZero();
    assertThat(shown("dead-letters", "visible")).isEqualTo(1);
  }

  @Test
  void runOnce_manyTimes_looksOnceAMinuteAndNeverPausesLong() throws InterruptedException {
    depth.runOnce();
    queue.send("m", Map.of(), VISIBILITY);

    for (int i = 1; i < 60; i++) {
      depth.runOnce();
    }
    assertThat(shown("main", "visible")).isZero();

    depth.runOnce();
    assertThat(shown("main", "visible")).isOne();
    // Who lost an interrupt learns from the next turn that it is to stop.
    assertThat(ticker.pauses()).containsOnly(Duration.ofSeconds(1));
  }

  @Test
  void runOnce_interruptedWhileAsking_isNoFailureOfTheQueue() {
    queue.failWith(new QueueException("counts", new IOException("interrupted")));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(depth::runOnce).isInstanceOf(InterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(shown("dead-letters", "visible")).isNaN();
  }

  @Test
  void runOnce_oneQueueFails_showsTheOtherAndThenBothAgain() throws InterruptedException {
    queue.send("m", Map.of(), VISIBILITY);
    deadLetters.send("d", Map.of(), VISIBILITY);
    depth.runOnce();
    queue.failWith(new QueueException("counts", new IOException("no route")));

    ticker.advance(Duration.ofMinutes(1));
    depth.runOnce();
    assertThat(shown("main", "visible")).isNaN();
    assertThat(shown("dead-letters", "visible")).isEqualTo(1);

    queue.failWith(null);
    ticker.advance(Duration.ofMinutes(1));
    depth.runOnce();
    assertThat(shown("main", "visible")).isEqualTo(1);
  }
}
