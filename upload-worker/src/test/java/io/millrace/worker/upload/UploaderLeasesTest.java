package io.millrace.worker.upload;

import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.SampleBatches.body;
import static io.millrace.worker.StoreRig.KEYS;
import static io.millrace.worker.StoreRig.NO_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Claim;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.run.ByteBudget;
import io.millrace.trace.Tracing;
import io.millrace.worker.StoreRig;
import io.millrace.worker.receive.Intake;
import io.millrace.worker.receive.PollMetrics;
import io.millrace.worker.receive.Poller;
import io.millrace.worker.receive.QueueDepth;
import io.millrace.worker.roll.BatchSpans;
import io.millrace.worker.roll.RollLimits;
import io.millrace.worker.roll.RollMetrics;
import io.millrace.worker.roll.RollQueue;
import io.millrace.worker.roll.SuspectQueue;
import io.millrace.worker.settle.Acknowledger;
import io.millrace.worker.settle.DeadLetters;
import io.millrace.worker.settle.Leases;
import io.millrace.worker.settle.SettleMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How long the messages of rolls stay hidden from other workers. */
class UploaderLeasesTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(2);
  private static final Duration OUTAGE = Duration.ofHours(1);
  private static final int MESSAGES = 10; // a whole receive, after which a poller doesn't pause

  private final StoreRig store = StoreRig.empty();
  private final FakeMessageQueue queue = new FakeMessageQueue(() -> store.ticker().now().epochMs());
  private final FakeMessageQueue dead = new FakeMessageQueue(() -> 0);
  private final RollQueue rolls =
      new RollQueue(
          new RollLimits(1 << 20, Duration.ofSeconds(1), 4 << 20, 4, 1000),
          new ByteBudget(16 << 20),
          new RollMetrics(store.registry()),
          store.ticker());
  private final PollMetrics polls = new PollMetrics(store.registry());
  private final SettleMetrics metrics = new SettleMetrics(store.registry());
  private final Leases leases = new Leases(queue, VISIBILITY, metrics, store.ticker());
  private final Acknowledger acknowledger =
      new Acknowledger(queue, leases, store.backoff(), store.ticker(), metrics);
  private int looks;

  private Poller poller() {
    DeadLetters letters = new DeadLetters(dead, acknowledger, leases, metrics, store.ticker());
    return new Poller(
        queue,
        VISIBILITY,
        new Intake(
            rolls,
            new SuspectQueue(),
            leases,
            letters,
            polls,
            20,
            OptionalInt.empty(),
            Intake.receiveBytes(262_144)),
        new QueueDepth(queue, dead, store.registry(), store.ticker()),
        store.gate(),
        store.backoff(),
        store.ticker(),
        polls);
  }

  private Uploader uploader() {
    UploadMetrics uploads = new UploadMetrics(store.registry(), store.ticker());
    DataKeys keys = new DataKeys(KEYS, "01JDBXV5ZD0000000000000W0K");
    return new Uploader(
        rolls,
        new RollWriter(store.calls(), store.claims(), keys, uploads),
        acknowledger,
        leases,
        new DeadLetters(dead, acknowledger, leases, metrics, store.ticker()),
        new BatchSpans(Tracing.off(), store.ticker()),
        uploads);
  }

  private void receive() throws InterruptedException {
    for (int i = 1; i <= MESSAGES; i++) {
      queue.send(body(batch(i)), Map.of(), Duration.ofSeconds(1));
    }
    poller().runOnce();
    store.ticker().advance(Duration.ofSeconds(1));
  }

  /** What the lease thread does while the uploader tries, until the outage is over. */
  private void keepHidden() {
    try {
      leases.runOnce();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(queue.counts().visible()).isZero();
    looks++;
    if (store.ticker().nanos() < OUTAGE.toNanos()) {
      store.store().beforeNextPut(key -> true, this::keepHidden);
    } else {
      store.store().answerPutsAsEver();
    }
  }

  @Test
  void runOnce_longOutage_messagesStayHiddenAndAreStoredOnce() throws InterruptedException {
    receive();
    store.store().answerPuts(key -> true, NO_ANSWER, true);
    store.store().beforeNextPut(key -> true, this::keepHidden);
    assertThat(uploader().runOnce()).isTrue();

    assertThat(looks).isGreaterThan(100);
    assertThat(store.store().keys()).filteredOn(KEYS::isData).hasSize(1);
    assertThat(store.count("batches.stored")).isEqualTo(MESSAGES);
    assertThat(store.count("extend.failures")).isZero();
    assertThat(store.gate().isOpen()).isTrue();
    assertThat(queue.bodies()).isEmpty();
    assertThat(dead.bodies()).isEmpty();
  }

  @Test
  void runOnce_leftOut_comesAgainAfterItsVisibility() throws InterruptedException {
    receive();
    String claimed = batch(3).header().batch();
    store.put(KEYS.claim(batch(3).hour(), claimed, new Claim(1, "a".repeat(16))), new byte[1]);
    uploader().runOnce();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 1, 0));
    keepFor(VISIBILITY);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void runOnce_unexpectedFailure_messagesComeAgainAfterTheirVisibility()
      throws InterruptedException {
    messagesComeAgainAfter(
        () -> {
          throw new IllegalStateException("unexpected");
        });
  }

  @Test
  void runOnce_error_messagesComeAgainAfterTheirVisibility() throws InterruptedException {
    messagesComeAgainAfter(
        () -> {
          throw new NoClassDefFoundError("unexpected");
        });
  }

  private void messagesComeAgainAfter(Runnable failure) throws InterruptedException {
    receive();
    store.store().beforeNextPut(key -> true, failure);
    assertThatThrownBy(() -> uploader().runOnce()).hasMessage("unexpected");
    assertThat(queue.counts().visible()).isZero();
    keepFor(VISIBILITY);
    assertThat(queue.counts().visible()).isEqualTo(MESSAGES);
    assertThat(rolls.held().messages()).isZero();
  }

  private void keepFor(Duration length) throws InterruptedException {
    long end = store.ticker().nanos() + length.toNanos();
    while (store.ticker().nanos() < end) {
      leases.runOnce();
    }
  }
}
