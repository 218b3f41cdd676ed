package io.millrace.web.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.model.Receipt;
import io.millrace.queue.FakeMessageQueue;
import io.millrace.queue.QueueException;
import io.millrace.queue.SendResult;
import io.millrace.run.ByteBudget;
import io.millrace.run.Fault;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import io.millrace.trace.Tracing;
import io.millrace.web.Samples;
import io.millrace.web.batch.BatchNumbers;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.DrainRate;
import io.millrace.web.batch.PendingCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SenderPoolStressTest {
  private static final int ADDERS = 3;
  private static final int COLLECTIONS = 400;
  private static final int FAILURES = 60;

  private final FakeMessageQueue queue = new FakeMessageQueue(System::currentTimeMillis);
  private final ByteBudget budget = new ByteBudget(1L << 30);
  private final Ticker ticker = Ticker.system();
  private final BatchNumbers numbers = new BatchNumbers(Samples.WRITER);
  private final DrainRate drainRate = new DrainRate();
  private final BatchQueue batches =
      new BatchQueue(
          new BatchQueue.Limits(4000, Duration.ofMillis(1), Duration.ofMinutes(1)),
          numbers,
          ticker,
          1);

  @Test
  void close_afterManySendsThatPartlyFailed_keepsEveryIdentity() throws Exception {
    failNowAndThen();
    SenderPool pool = start(Duration.ofSeconds(30));

    List<PendingCollection> added = addFromManyThreads();
    batches.close();
    pool.close();

    assertThat(budget.reserved()).isZero();
    assertThat(added).allMatch(pending -> pending.state() == PendingCollection.State.ACCEPTED);
    assertQueueHolds(added);
  }

  @Test
  void close_afterManyBatchesWereAbandoned_everyNumberIsToldAndNeverTooEarly() throws Exception {
    QueueException cause = new QueueException("for the test", null);
    queue.refuseSends(cause);
    SenderPool pool = start(Duration.ofSeconds(1));
    List<PendingCollection> refused = addFromManyThreads();
    await().until(() -> refused.stream().noneMatch(SenderPoolStressTest::isOpen));
    failNowAndThen();
    queue.refuseSends(null);

    List<PendingCollection> added = addFromManyThreads();
    batches.close();
    pool.close();

    assertThat(refused).allMatch(pending -> pending.state() == PendingCollection.State.NOT_QUEUED);
    assertThat(added).noneMatch(SenderPoolStressTest::isOpen);
    assertThat(budget.reserved()).isZero();
    assertEveryNumberIsTold();
  }

  private static boolean isOpen(PendingCollection pending) {
    return pending.state() == PendingCollection.State.OPEN;
  }

  /** In the order in which the queue took the messages. */
  private void assertEveryNumberIsTold() throws UndecodableException {
    Set<Long> known = new HashSet<>();
    long lowestUnknown = 1;
    long last = 0;
    long ended = 0;
    for (String body : queue.bodies()) {
      MessageHeader header = MessageCodec.decode(body).header();
      last = BatchId.parse(header.batch()).seq();
      ended = header.ended();
      known.addAll(header.abandoned());
      while (known.contains(lowestUnknown)) {
        lowestUnknown++;
      }
      assertThat(ended).isBetween(1L, lowestUnknown);
      known.add(last);
    }
    assertThat(ended).isEqualTo(last);
    assertThat(known).hasSize((int) last);
  }

  private SenderPool start(Duration ackTimeout) {
    SendMetrics metrics = new SendMetrics(new SimpleMeterRegistry());
    FailureStreak streak = new FailureStreak();
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random(7));
    Supplier<SendTries> tries =
        () ->
            new SendTries(batches, queue, Codec.GZIP, ackTimeout, metrics, streak, backoff, ticker);
    return SenderPool.start(
        4,
        () ->
            new Sender(
                batches, numbers, tries.get(), budget, drainRate, Tracing.off(), metrics, ticker),
        backoff,
        ticker,
        new Fault());
  }

  private void failNowAndThen() {
    QueueException cause = new QueueException("for the test", null);
    Random random = new Random(11);
    for (int i = 0; i < FAILURES; i++) {
      queue.answerNextSend(new SendResult.Sent("m"));
      queue.answerNextSend(
          random.nextBoolean() ? new SendResult.Refused(cause) : new SendResult.Unknown(cause));
    }
  }

  private List<PendingCollection> addFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(ADDERS);
    List<Future<List<PendingCollection>>> adders = new ArrayList<>();
    for (int i = 0; i < ADDERS; i++) {
      adders.add(threads.submit(this::addAll));
    }
    List<PendingCollection> added = new ArrayList<>();
    for (Future<List<PendingCollection>> adder : adders) {
      added.addAll(adder.get());
    }
    threads.shutdown();
    return added;
  }

  private List<PendingCollection> addAll() {
    List<PendingCollection> added = new ArrayList<>();
    for (int i = 0; i < COLLECTIONS; i++) {
      PendingCollection pending = Samples.pending(ticker.now(), 1 + i % 25, 250);
      assertThat(budget.tryReserve(pending.bytesHeld())).isTrue();
      assertThat(batches.add(pending)).isTrue();
      added.add(pending);
    }
    return added;
  }

  /** By batch: what the receipts say is what the messages say, and the last one is a checkpoint. */
  private void assertQueueHolds(List<PendingCollection> added) throws UndecodableException {
    Map<BatchId, Integer> acknowledged = new HashMap<>();
    for (PendingCollection pending : added) {
      for (Receipt part : Receipt.parse(pending.receipt())) {
        acknowledged.merge(part.batch(), part.count(), Integer::sum);
      }
    }
    Map<BatchId, Integer> sent = new HashMap<>();
    for (String body : queue.bodies()) {
      MessageHeader header = MessageCodec.decode(body).header();
      sent.put(BatchId.parse(header.batch()), header.payloads());
      assertThat(header.abandoned()).isEmpty();
    }
    BatchId last = new BatchId(Samples.WRITER, sent.size());
    assertThat(sent.remove(last)).isZero();
    assertThat(sent).isEqualTo(acknowledged);
    assertThat(sent.keySet())
        .extracting(BatchId::seq)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(1, last.seq()).boxed().toList());
  }
}
