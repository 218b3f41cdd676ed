package io.millrace.worker.receive;

import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.queue.DeadLetterAttributes;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.ReceivedMessage;
import io.millrace.run.ByteBudget;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(2);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PollMetrics metrics = new PollMetrics(registry);
  private final SettleMetrics settled = new SettleMetrics(registry);
  private final FakeTicker ticker = new FakeTicker();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> ticker.now().epochMs());
  private final Leases leases = new Leases(queue, VISIBILITY, settled, ticker);
  private final WatchingTicker whenAdded = new WatchingTicker();
  private final RollQueue rolls =
      new RollQueue(
          new RollLimits(1 << 20, Duration.ofSeconds(1), 4 << 20, 4, 1000),
          new ByteBudget(1 << 20),
          new RollMetrics(registry),
          whenAdded);
  private final SuspectQueue suspects = new SuspectQueue();
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));
  private final DeadLetters deadLetters =
      new DeadLetters(
          new FakeMessageQueue(() -> ticker.now().epochMs()),
          new Acknowledger(queue, leases, backoff, ticker, settled),
          leases,
          settled,
          ticker);
  private final Intake intake =
      new Intake(
          rolls,
          suspects,
          leases,
          deadLetters,
          metrics,
          3,
          OptionalInt.empty(),
          Intake.receiveBytes(1 << 20));

  /** Sees what is held at the moment when a batch gets into a roll. */
  private final class WatchingTicker implements Ticker {
    private OptionalLong heldThen = OptionalLong.empty();

    @Override
    public Moment now() {
      heldThen = leases.oldestOpenedMs();
      return ticker.now();
    }

    @Override
    public long nanos() {
      return ticker.nanos();
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      ticker.pause(length);
    }
  }

  private Intake.TakenIn takeIn(Map<String, String> attributes) {
    queue.send(body(batch(1)), attributes, Duration.ofSeconds(1));
    List<ReceivedMessage> messages = queue.receive(10, Duration.ZERO, VISIBILITY);
    return intake.takeIn(messages, ticker.now(), 1 << 20);
  }

  @Test
  void takeIn_intoARoll_isHeldBeforeAnUploaderCanSettleIt() {
    takeIn(Map.of());
    assertThat(whenAdded.heldThen).isPresent();
  }

  @Test
  void takeIn_traceparent_isKeptIfItIsAsLongAsOne() throws InterruptedException {
    String sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    takeIn(Map.of("traceparent", sent));
    takeIn(Map.of("traceparent", sent + "x".repeat(1000)));
    rolls.end();

    assertThat(rolls.take().batches())
        .extracting(HeldBatch::traceparent)
        .containsExactly(sent, null);
  }

  @Test
  void takeIn_oneMessageFails_othersAreTakenInAndItsLeaseIsSettled() {
    List<ReceivedMessage> messages =
        List.of(
            new ReceivedMessage("m1", "h1", body(batch(1)), 1, batch(1).header().opened(), null),
            new ReceivedMessage(
                "m2", "h2", body(batch(2)), 1, batch(2).header().opened(), Map.of()));
    assertThat(intake.takeIn(messages, ticker.now(), 1 << 20).heldBytes())
        .isEqualTo(batch(2).heldBytes());
    assertThat(rolls.held().messages()).isEqualTo(1);
    assertThat(leases.size()).isEqualTo(1);
  }

  @Test
  void takeIn_rollsHaveEnded_isHandedBackToOthersAtOnce() {
    rolls.end();
    assertThat(takeIn(Map.of()).heldBytes()).isZero();
    leases.handBack();
    assertThat(queue.counts().visible()).isEqualTo(1);
  }

  @Test
  void takeIn_suspectsHaveEnded_isHandedBackToOthersAtOnce() {
    suspects.end();
    assertThat(
            takeIn(Map.of(DeadLetterAttributes.DEAD_LETTERED_AT, "2026-11-23T03:35:20Z"))
                .heldBytes())
        .isZero();
    leases.handBack();
    assertThat(queue.counts().visible()).isEqualTo(1);
  }
}
