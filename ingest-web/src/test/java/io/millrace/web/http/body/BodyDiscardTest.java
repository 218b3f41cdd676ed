package io.millrace.web.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.time.FakeTicker;
import io.millrace.web.http.FakeBody;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyDiscardTest {
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  private final FakeTicker ticker = new FakeTicker();
  private final FakeBody source = new FakeBody();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final AtomicInteger ends = new AtomicInteger();
  private final BodyDiscard discard =
      new BodyDiscard(
          source, new BodyLimits(1000, MAX_TIME, ticker), later::add, ends::incrementAndGet);

  @AfterEach
  void nothingIsHeld() {
    assertThat(ends).hasValue(1);
    assertThat(source.held()).isZero();
  }

  @Test
  void run_bodyThatComesBitByBit_endsWithIt() {
    source.come(new byte[700]);
    discard.run();
    assertThat(ends).hasValue(0);
    source.come(new byte[700]).end();

    source.wake();
  }

  @Test
  void run_bodyThatWasRead_endsAtOnce() {
    source.end();

    discard.run();
  }

  @Test
  void run_endlessBody_endsAtALimit() {
    source.come(new byte[1 << 20]).repeat(Duration.ofMillis(1), ticker);

    discard.run();
    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(Duration.ofMillis(1));
    runLater();

    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(Duration.ofMillis(65));
  }

  @Test
  void run_bodyThatDrips_endsWhenItsTimeIsOver() {
    source.come(new byte[1500]).repeat(Duration.ofSeconds(1), ticker);

    discard.run();
    runLater();

    assertThat(Duration.ofNanos(ticker.nanos())).isEqualTo(MAX_TIME.plusSeconds(1));
  }

  private void runLater() {
    while (!later.isEmpty()) {
      later.remove().run();
    }
  }

  @Test
  void isTooSlow_nothingComes_isSoAfterTheGraceWithoutAnyCall() {
    discard.run();

    ticker.advance(BodyLimits.GRACE.plusMillis(1));

    assertThat(discard.isTooSlow()).isTrue();
    source.fail(new TimeoutException("too slow")); // as the connection's watch has Jetty do
    source.wake();
  }

  @Test
  void run_brokenConnection_isNothingToTell() {
    source.fail(new IOException("reset"));

    discard.run();
  }
}
