package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.millrace.time.FakeTicker;
import io.millrace.web.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
  private static final Duration LINGER = Duration.ofMinutes(10);

  private static final int MAX_BULK_TAKEN = 2;

  private final FakeTicker ticker = new FakeTicker();
  private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);
  private final BatchQueue queue =
      new BatchQueue(
          new BatchQueue.Limits(1000, LINGER, Duration.ofHours(1)),
          numbers,
          ticker,
          MAX_BULK_TAKEN);
  private final BlockingQueue<Batch> taken = new LinkedBlockingQueue<>();
  private final List<Thread> takers = new ArrayList<>();

  @AfterEach
  void stopTakers() throws InterruptedException {
    for (Thread taker : takers) {
      taker.interrupt();
      taker.join();
    }
  }

  @Test
  void take_lingerOver_givesTheOpenBatch() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 2, 250));
    ticker.advance(LINGER);

    assertThat(queue.take().payloads()).isEqualTo(2);
  }

  @Test
  void take_splitCollection_wakesATakerForEachFullBatch() {
    startTakers(4);
    queue.add(Samples.pending(ticker.now(), 1, 250));
    awaitTakersWaiting();

    queue.add(Samples.pending(ticker.now(), 9, 300));

    await().until(() -> taken.size() == 3);
    assertThat(taken).extracting(Batch::payloads).containsExactlyInAnyOrder(1, 3, 3);
  }

  @Test
  void take_smallCollectionBehindALargeOne_comesNext() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 30, 300)); // ten batches, the last of them open
    queue.add(Samples.pending(ticker.now(), 1, 250));
    ticker.advance(LINGER);

    assertThat(taken(2)).containsExactly(1, 3);
  }

  @Test
  void take_smallCollectionsWithoutEnd_leaveOneTurnInFiveToLargeOnes() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 6, 300));
    for (int i = 0; i < 40; i++) {
      queue.add(Samples.pending(ticker.now(), 1, 250));
    }

    assertThat(taken(10)).containsExactly(4, 4, 4, 4, 3, 4, 4, 4, 4, 3);
  }

  @Test
  void take_asManyLargeOnesUnderWayAsMayBe_waitsForASmallOneOrForTheirEnd() {
    startTakers(4);

    queue.add(Samples.pending(ticker.now(), 12, 300)); // three full batches of 3, and an open one
    await().until(() -> taken.size() == MAX_BULK_TAKEN);
    awaitTakersWaiting();
    for (int i = 0; i < 5; i++) { // the last of them closes the batch of the others
      queue.add(Samples.pending(ticker.now(), 1, 250));
    }
    await().until(() -> taken.size() == MAX_BULK_TAKEN + 1);
    queue.ended(taken.element());

    await().until(() -> taken.size() == MAX_BULK_TAKEN + 2);
    assertThat(taken).extracting(Batch::payloads).containsExactly(3, 3, 4, 3);
  }

  @Test
  void close_largeCollectionsInside_areTakenBeforeNull() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 9, 300));
    queue.close();

    assertThat(taken(3)).containsExactly(3, 3, 3);
    assertThat(queue.take()).isNull();
  }

  /** Payloads of the next batches. */
  private List<Integer> taken(int batches) throws InterruptedException {
    List<Integer> payloads = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      Batch batch = queue.take();
      payloads.add(batch.payloads());
      queue.ended(batch);
    }
    return payloads;
  }

  @Test
  void close_openBatch_isTakenThenNull() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 2, 250));
    queue.close();

    assertThat(queue.take().payloads()).isEqualTo(2);
    assertThat(queue.take()).isNull();
  }

  @Test
  void close_takersWaiting_endsThemAll() {
    startTakers(3);
    awaitTakersWaiting();

    queue.close();

    await().until(() -> takers.stream().noneMatch(Thread::isAlive));
    assertThat(queue.lastCheckpoint(ticker.now())).isNull();
  }

  @Test
  void add_afterClose_isRefusedAndAddsNothing() throws InterruptedException {
    queue.close();

    assertThat(queue.add(Samples.pending(ticker.now(), 1, 250))).isFalse();
    assertThat(queue.take()).isNull();
  }

  @Test
  void add_payloadThatFitsNoBatch_leavesTheOpenBatchAsItWas() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 2, 250));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.add(Samples.pending(ticker.now(), 1, 1001)));

    queue.close();
    assertThat(queue.take().payloads()).isEqualTo(2);
    assertThat(queue.take()).isNull();
  }

  @Test
  void recycle_batch_givesUpItsLines() throws InterruptedException {
    queue.add(Samples.pending(ticker.now(), 2, 250));
    queue.close();
    Batch batch = queue.take();

    queue.recycle(batch);

    assertThatIllegalStateException().isThrownBy(batch::lines);
  }

  private void startTakers(int count) {
    for (int i = 0; i < count; i++) {
      Thread taker = new Thread(this::takeAll, "taker-" + i);
      takers.add(taker);
      taker.start();
    }
    awaitTakersWaiting();
  }

  private void takeAll() {
    try {
      for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
        taken.add(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitTakersWaiting() {
    await()
        .until(
            () ->
                takers.stream()
                    .map(Thread::getState)
                    .allMatch(s -> s == Thread.State.WAITING || s == Thread.State.TIMED_WAITING));
  }
}
