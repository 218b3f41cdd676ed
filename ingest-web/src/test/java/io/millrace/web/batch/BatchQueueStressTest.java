package io.millrace.web.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Receipt;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import io.millrace.web.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchQueueStressTest {
  private static final int ADDERS = 4;
  private static final int TAKERS = 3;
  private static final int COLLECTIONS = 1500;

  private final Ticker ticker = Ticker.system();
  private final BatchQueue queue =
      new BatchQueue(
          new BatchQueue.Limits(4000, Duration.ofMillis(1), Duration.ofMillis(1)),
          new BatchNumbers(Samples.WRITER),
          ticker,
          1);

  /** Payloads of all collections added. */
  private final AtomicInteger given = new AtomicInteger();

  @Test
  void addAndTake_manyThreads_everyPayloadComesOutOnceAndEveryWaiterIsAnswered()
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(ADDERS + TAKERS);
    List<Future<Out>> takers = submit(threads, TAKERS, this::takeAll);
    List<PendingCollection> in = new ArrayList<>();
    for (Future<List<PendingCollection>> adder : submit(threads, ADDERS, this::addAll)) {
      in.addAll(adder.get());
    }
    queue.close();
    Out out = new Out();
    for (Future<Out> taker : takers) {
      out.add(taker.get());
    }
    threads.shutdown();

    assertThat(in).allMatch(pending -> pending.state() == PendingCollection.State.ACCEPTED);
    assertThat(out.lines).hasSize(given.get());
    assertThat(new HashSet<>(out.lines)).hasSameSizeAs(out.lines).isEqualTo(named(in));
    assertThat(out.reservedBytes)
        .isEqualTo(in.stream().mapToLong(PendingCollection::bytesHeld).sum());
    long last = out.numbers.size();
    assertThat(out.numbers)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private static <T> List<Future<T>> submit(ExecutorService threads, int n, Callable<T> task) {
    List<Future<T>> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(threads.submit(task));
    }
    return all;
  }

  private List<PendingCollection> addAll() {
    Random random = new Random(Thread.currentThread().getName().hashCode());
    List<PendingCollection> added = new ArrayList<>();
    for (int i = 0; i < COLLECTIONS; i++) {
      Moment now = ticker.now();
      int payloads = random.nextInt(20) == 0 ? 40 : 1 + random.nextInt(4);
      PendingCollection pending = Samples.pending(now, payloads, 200 + random.nextInt(100));
      given.addAndGet(pending.collection().payloads());
      assertThat(queue.add(pending)).isTrue();
      added.add(pending);
    }
    return added;
  }

  private Out takeAll() throws InterruptedException {
    Out out = new Out();
    for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
      out.numbers.add(batch.id().seq());
      out.reservedBytes += batch.reservedBytes();
      for (String line : Samples.lines(batch)) {
        out.lines.add(line.substring(7, line.indexOf('"', 7)));
      }
      assertThat(batch.lineBytes()).isLessThanOrEqualTo(4000);
      queue.recycle(batch);
      batch.end(true, Samples.UNEXPECTED);
    }
    return out;
  }

  private static Set<String> named(List<PendingCollection> in) {
    Set<String> ids = new HashSet<>();
    for (PendingCollection pending : in) {
      for (Receipt part : Receipt.parse(pending.receipt())) {
        for (int n = part.first(); n < part.first() + part.count(); n++) {
          ids.add(part.batch() + "-" + n);
        }
      }
    }
    return ids;
  }

  private static final class Out {
    final List<String> lines = new ArrayList<>();
    final List<Long> numbers = new ArrayList<>();
    long reservedBytes;

    void add(Out other) {
      lines.addAll(other.lines);
      numbers.addAll(other.numbers);
      reservedBytes += other.reservedBytes;
    }
  }
}
