package io.millrace.worker.roll;

import static io.millrace.worker.SampleBatches.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.run.ByteBudget;
import io.millrace.time.FakeTicker;
import io.millrace.time.Ticker;
import io.millrace.worker.roll.ClosedRoll.CloseCause;
import io.millrace.worker.settle.HeldBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RollQueueTest {
  private static final int KIB = 1024;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RollMetrics metrics = new RollMetrics(registry);
  private final FakeTicker ticker = new FakeTicker();
  private final ByteBudget budget = new ByteBudget(1024 * KIB);

  private RollQueue queue(RollLimits limits, Ticker time) {
    RollQueue queue = new RollQueue(limits, budget, metrics, time);
    metrics.watch(queue, budget);
    return queue;
  }

  private static RollLimits limits(int maxWaiting, int maxMessages) {
    return new RollLimits(4 * KIB, Duration.ofMillis(20), 12 * KIB, maxWaiting, maxMessages);
  }

  @Test
  void take_rollOfTheAge_isClosedByTheTaker() throws InterruptedException {
    RollQueue queue = queue(limits(4, 100), ticker);
    queue.reserve(sized(1, 10).heldBytes());
    queue.add(sized(1, 10));
    assertThat(queue.held()).isEqualTo(new RollQueue.Held(1, 0, 1));
    ticker.advance(Duration.ofMillis(20));
    ClosedRoll roll = queue.take();
    assertThat(roll.cause()).isEqualTo(CloseCause.AGE);
    assertThat(queue.held()).isEqualTo(new RollQueue.Held(0, 0, 1));
    queue.done(roll);
    assertThat(queue.held()).isEqualTo(new RollQueue.Held(0, 0, 0));
  }

  @Test
  void add_asManyMessagesAsMayBeInFlight_closesTheFullestRoll() throws InterruptedException {
    RollQueue queue = queue(limits(4, 3), ticker);
    queue.add(sized(1, 1));
    queue.add(sized(2, 1));
    assertThat(queue.held().waitingRolls()).isZero();
    queue.add(sized(3, 1));
    assertThat(queue.take().cause()).isEqualTo(CloseCause.IN_FLIGHT);
    assertThat(
            registry
                .get("millrace.worker.rolls.closed")
                .tag("cause", "in_flight")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void reserve_asManyRollsWaitAsMay_waitsUntilOneIsTaken() throws Exception {
    RollQueue queue = queue(limits(1, 2), ticker);
    queue.add(sized(1, 1));
    queue.add(sized(2, 1));
    assertThat(queue.held().waitingRolls()).isEqualTo(1);
    ExecutorService poller = Executors.newSingleThreadExecutor();
    try {
      Future<?> reserved =
          poller.submit(
              () -> {
                queue.reserve(KIB);
                return true;
              });
      assertThatThrownBy(() -> reserved.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      queue.take();
      reserved.get();
      assertThat(budget.reserved()).isEqualTo(KIB);
    } finally {
      poller.shutdownNow();
    }
  }

  @Test
  void end_openRolls_areTakenAndThenThereAreNoMore() throws InterruptedException {
    RollQueue queue = queue(limits(4, 100), ticker);
    queue.add(sized(1, 1));
    queue.end();
    assertThat(queue.add(sized(2, 1))).isFalse();
    assertThat(queue.take().cause()).isEqualTo(CloseCause.STOP);
    assertThat(queue.take()).isNull();
  }

  @Test
  void add_queueIsCrowded_closesLongRollsEarly() {
    RollQueue queue =
        queue(new RollLimits(1 << 30, Duration.ofHours(1), 1 << 30, 4, 1_000_000), ticker);
    for (int i = 1; i <= RollQueue.CROWDED_ROLL_BATCHES; i++) {
      queue.add(sized(i, 1));
    }
    assertThat(queue.held().waitingRolls()).isZero();
    queue.crowded(true);
    queue.add(sized(RollQueue.CROWDED_ROLL_BATCHES + 1, 1));
    queue.add(sized(RollQueue.CROWDED_ROLL_BATCHES + 2, 1));
    assertThat(queue.held().waitingRolls()).isEqualTo(1);
    assertThat(queue.held().openRolls()).isEqualTo(1);
  }

  @Test
  void abandonWaiting_afterTheEnd_freesWhatNobodyTook() throws InterruptedException {
    RollQueue queue = queue(limits(4, 1), ticker);
    queue.reserve(2 * sized(1, 1).heldBytes());
    queue.add(sized(1, 1));
    queue.add(sized(2, 1));
    ClosedRoll taken = queue.take();
    queue.end();
    queue.abandonWaiting();

    assertThat(queue.held()).isEqualTo(new RollQueue.Held(0, 0, taken.batches().size()));
    queue.done(taken);
    assertThat(queue.held().messages()).isZero();
  }

  @Test
  void handOver_manyThreads_allBatchesComeThroughAndAllBytesComeBack() throws Exception {
    RollQueue queue = queue(limits(2, 200), Ticker.system());
    ExecutorService threads = Executors.newFixedThreadPool(5);
    List<Future<?>> pollers = new ArrayList<>();
    List<Future<List<HeldBatch>>> takers = new ArrayList<>();
    try {
      for (int t = 0; t < 3; t++) {
        takers.add(threads.submit(taker(queue)));
      }
      for (int p = 0; p < 2; p++) {
        int from = p * 5000;
        pollers.add(threads.submit(poller(queue, from)));
      }
      for (Future<?> poller : pollers) {
        poller.get();
      }
      queue.end();
      List<HeldBatch> taken = new ArrayList<>();
      for (Future<List<HeldBatch>> taker : takers) {
        taken.addAll(taker.get());
      }
      assertThat(taken).hasSize(10_000);
      assertThat(taken.stream().map(HeldBatch::receiptHandle)).doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
    assertThat(queue.held()).isEqualTo(new RollQueue.Held(0, 0, 0));
    assertThat(budget.reserved()).isZero();
    assertThat(registry.get("millrace.worker.held.bytes").gauge().value()).isZero();
  }

  private static Callable<Boolean> poller(RollQueue queue, int from) {
    return () -> {
      for (int i = from; i < from + 5000; i++) {
        queue.reserve(10 * KIB);
        HeldBatch batch = sized(i + 1, i % 1500);
        queue.add(batch);
        queue.release(10 * KIB - batch.heldBytes());
      }
      return true;
    };
  }

  private static Callable<List<HeldBatch>> taker(RollQueue queue) {
    return () -> {
      List<HeldBatch> taken = new ArrayList<>();
      for (ClosedRoll roll = queue.take(); roll != null; roll = queue.take()) {
        taken.addAll(roll.batches());
        queue.done(roll);
      }
      return taken;
    };
  }

  @Test
  void take_onlyAgeCloses_comesWithoutFurtherBatches() throws Exception {
    RollQueue queue = queue(limits(4, 100), Ticker.system());
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<ClosedRoll>> takers =
          List.of(threads.submit(queue::take), threads.submit(queue::take));
      queue.add(sized(1, 1));
      ClosedRoll roll = anyDone(takers);
      assertThat(roll.cause()).isEqualTo(CloseCause.AGE);
    } finally {
      threads.shutdownNow();
    }
  }

  private static ClosedRoll anyDone(List<Future<ClosedRoll>> takers) throws Exception {
    while (true) {
      for (Future<ClosedRoll> taker : takers) {
        try {
          return taker.get(5, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
