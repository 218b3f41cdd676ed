package io.millrace.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads at a store that fails. */
@Timeout(60)
class ProbeTest {
  private static final int THREADS = 4;

  private final SteppedTicker ticker = new SteppedTicker();
  private final FakeObjectStore store = new FakeObjectStore();
  private final Gate gate = new Gate(THREADS);
  private final StoreCalls calls =
      new StoreCalls(
          store,
          gate,
          Duration.ofSeconds(1),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1)),
          ticker,
          new StoreMetrics(new SimpleMeterRegistry(), ticker));

  /** Whose pauses last until the test ends them. */
  private static final class SteppedTicker implements Ticker {
    private final FakeTicker time = new FakeTicker();
    private final Semaphore ends = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Override
    public Moment now() {
      return time.now();
    }

    @Override
    public long nanos() {
      return time.nanos();
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
      begun.incrementAndGet();
      ends.acquire();
      now.decrementAndGet();
    }
  }

  @Test
  void size_storeFailing_isAskedByOneAtATimeUntilItAnswers() throws Exception {
    store.failWith(new ObjectStoreException("away", 500, null));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<OptionalLong>> sizes = new ArrayList<>();
      sizes.add(threads.submit(() -> calls.size("k")));
      await().until(() -> ticker.begun.get() == 1);
      while (sizes.size() < THREADS) {
        sizes.add(threads.submit(() -> calls.size("k")));
      }
      for (int probe = 2; probe <= 10; probe++) {
        int probes = probe;
        ticker.ends.release();
        await().until(() -> ticker.begun.get() == probes);
        assertThat(gate.isOpen()).isFalse();
      }
      assertThat(ticker.mostAtOnce).hasValue(1);
      store.failWith(null);
      ticker.ends.release();
      for (Future<OptionalLong> size : sizes) {
        assertThat(size.get(10, TimeUnit.SECONDS)).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ticker.begun).hasValue(10);
  }
}
