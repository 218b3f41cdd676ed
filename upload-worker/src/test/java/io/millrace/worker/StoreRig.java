package io.millrace.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.Gate;
import io.millrace.worker.store.StoreCalls;
import io.millrace.worker.store.StoreMetrics;
import java.time.Duration;
import java.util.Random;

/** A store in memory and what the worker calls it through, on a passed-in clock. */
public record StoreRig(
    FakeObjectStore store,
    FakeTicker ticker,
    SimpleMeterRegistry registry,
    Gate gate,
    Backoff backoff,
    StoreCalls calls,
    Claims claims) {
  /** The prefix is {@code t/}. */
  public static final ObjectKeys KEYS = new ObjectKeys("t/");

  /** The call may have worked. */
  public static final PutResult.Unknown NO_ANSWER = answer(0);

  /** Calls that the gate lets in while all is well. */
  public static final int MAX_CALLS = 8;

  /** An empty store. */
  public static StoreRig empty() {
    FakeObjectStore store = new FakeObjectStore();
    FakeTicker ticker = new FakeTicker();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Gate gate = new Gate(MAX_CALLS);
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new Random(1));
    StoreCalls calls =
        new StoreCalls(
            store,
            gate,
            Duration.ofSeconds(15),
            backoff,
            ticker,
            new StoreMetrics(registry, ticker));
    return new StoreRig(store, ticker, registry, gate, backoff, calls, new Claims(calls, KEYS));
  }

  /** An answer to a put of this HTTP status, 0 for none. */
  public static PutResult.Unknown answer(int status) {
    return new PutResult.Unknown(new ObjectStoreException("status " + status, status, null));
  }

  /** An answer to a put that asks for fewer calls. */
  public static PutResult.Unknown slowDown() {
    return new PutResult.Unknown(ObjectStoreException.throttled("slow down", 503, null));
  }

  /** Puts an object as another process would. */
  public void put(String key, byte[] bytes) {
    store.putIfAbsent(key, Content.of(bytes), "application/zstd", Duration.ofSeconds(1));
  }

  /** The worker's counter of this name. */
  public double count(String name, String... tags) {
    return registry.get("millrace.worker." + name).tags(tags).counter().count();
  }
}
