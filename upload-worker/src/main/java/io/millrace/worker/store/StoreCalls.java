package io.millrace.worker.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.object.Content;
import io.millrace.object.Listing;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.time.Backoff;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls to the store behind the gate. After a failure it waits, with backoff, before anyone
 * can take the call's place: so while the gate is closed there is one probe at a time.
 *
 * <p>Thread-safe.
 */
public final class StoreCalls {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCalls.class);

  private static final int NOT_FOUND = 404;
  private static final int NO_SUCH_RANGE = 416;

  /** So many refusals of one object do not pass. */
  private static final int MANY_REFUSALS = 3;

  private static final long LEAST_BYTES_PER_SECOND = 256 << 10;
  private static final Duration PROBE_HOLDS = Duration.ofSeconds(10);
  private static final Content PROBE =
      Content.of("Written to see whether the store takes objects here.\n".getBytes(US_ASCII));

  private final ObjectStore store;
  private final Gate gate;
  private final Duration putTimeout;
  private final Backoff backoff;
  private final Ticker ticker;
  private final StoreMetrics metrics;
  private final FailureStreak streak = new FailureStreak();

  /** Never ended: one object that may not be read would be logged each time. */
  private final FailureStreak readRefusals = new FailureStreak();

  /** Where a probe was taken last, and when. */
  private volatile Probed probed = new Probed("none", 0);

  private record Probed(String folder, long nanos) {}

  /**
   * @param putTimeout for each call of a PUT, and longer by a second for each 256 KiB
   * @param backoff after each failure
   */
  public StoreCalls(
      ObjectStore store,
      Gate gate,
      Duration putTimeout,
      Backoff backoff,
      Ticker ticker,
      StoreMetrics metrics) {
    this.store = store;
    this.gate = gate;
    this.putTimeout = putTimeout;
    this.backoff = backoff;
    this.ticker = ticker;
    this.metrics = metrics;
  }

  /**
   * What became of a try to put an object.
   *
   * @param result what is known of the object
   * @param refused why the store does not take this object, though it takes others: the same call
   *     again will not help; null otherwise
   */
  public record Put(PutResult result, @Nullable ObjectStoreException refused) {}

  /** Work that takes calls to the store. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  /**
   * Does work whose calls are all made here. While it lasts, a closed gate stays closed until a PUT
   * succeeds.
   */
  public <T> T during(Work<T> work) throws InterruptedException {
    gate.use();
    try {
      return work.run();
    } finally {
      gate.doneWithStore();
    }
  }

  /**
   * One try to put an object. If its outcome is unknown the wait is over when this returns.
   *
   * @param kind of object, for the metrics
   * @throws InterruptedException if told to stop; the object may be stored or not
   */
  public PutResult put(String kind, String key, Content content, String mediaType)
      throws InterruptedException {
    return tryPut(kind, key, content, mediaType).result();
  }

  /**
   * As {@link #put}, and tells whether it is this object alone that is refused: then a small one
   * beside it has been stored just now, the gate stays as it is, and others are not held up.
   */
  public Put tryPut(String kind, String key, Content content, String mediaType)
      throws InterruptedException {
    long ticket = gate.enter();
    try {
      Duration timeout = timeout(content.length());
      PutResult result =
          metrics.timed(kind, () -> store.putIfAbsent(key, content, mediaType, timeout));
      if (!(result instanceof PutResult.Unknown unknown)) {
        answered(true);
        return new Put(result, null);
      }
      if (unknown.cause().isRefusal() && takesOthersBeside(key)) {
        metrics.refused();
        ticker.pause(backoff.delay(1));
        return new Put(result, unknown.cause());
      }
      failed(unknown.cause(), ticket);
      return new Put(result, null);
    } finally {
      gate.leave();
    }
  }

  /** A link that carries {@value #LEAST_BYTES_PER_SECOND} bytes a second is slow, not broken. */
  private Duration timeout(long bytes) {
    return putTimeout.plusMillis(bytes * 1000 / LEAST_BYTES_PER_SECOND);
  }

  /**
   * Puts a small object with a new key into the same folder, one in {@link #PROBE_HOLDS} at most. A
   * key that is there already would prove less: a store that is full answers 412 to it.
   */
  private boolean takesOthersBeside(String key) {
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    long now = ticker.nanos();
    Probed last = probed;
    if (last.folder().equals(folder) && now - last.nanos() < PROBE_HOLDS.toNanos()) {
      return true;
    }
    String probe = folder + "_probe-" + ticker.now().epochMs();
    if (store.putIfAbsent(probe, PROBE, "text/plain", putTimeout) instanceof PutResult.Unknown) {
      return false;
    }
    probed = new Probed(folder, now);
    return true;
  }

  /**
   * The size of what lies at the key; returns once the store tells.
   *
   * @return empty if nothing lies there, or the store refuses to tell while it takes PUTs beside:
   *     so it does with keys where nothing lies, if the caller may not list. Only a PUT decides
   */
  public OptionalLong size(String key) throws InterruptedException {
    try {
      return untilAnswered(
          key,
          1,
          () -> store.head(key).map(i -> OptionalLong.of(i.size())).orElse(OptionalLong.empty()));
    } catch (ObjectStoreException e) {
      return OptionalLong.empty();
    }
  }

  /** All keys under a prefix that are behind another, null for all; waits until the store tells. */
  public Listing listing(String prefix, @Nullable String after) {
    return new Listing(
        from -> untilAnswered(null, Integer.MAX_VALUE, () -> store.list(from)), prefix, after);
  }

  /**
   * A part of an object; returns once the store tells.
   *
   * @param offset of the first byte, 0 or more
   * @param length of the part, at least 1
   * @return empty if there is no object, or none that long
   * @throws ObjectStoreException if the store refuses this object for good, while it takes PUTs
   *     beside it
   */
  public Optional<byte[]> part(String key, long offset, int length) throws InterruptedException {
    return untilAnswered(
        key,
        MANY_REFUSALS,
        () -> {
          try {
            return Optional.of(store.get(key, offset, length));
          } catch (ObjectStoreException e) {
            if (e.status() == NOT_FOUND || e.status() == NO_SUCH_RANGE) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Makes a call that reads until it is answered.
   *
   * @param key of one object, if the call is about one; null otherwise
   * @param tries that the store may refuse this key, while it takes others beside it
   * @throws ObjectStoreException after so many
   */
  private <T> T untilAnswered(@Nullable String key, int tries, Supplier<T> call)
      throws InterruptedException {
    for (int refused = 0; ; ) {
      long ticket = gate.enter();
      try {
        T answer = call.get();
        answered(false);
        return answer;
      } catch (ObjectStoreException e) {
        if (key == null || !e.isRefusal() || !takesOthersBeside(key)) {
          failed(e, ticket);
          continue;
        }
        refusedRead(e);
        if (++refused >= tries) {
          throw e;
        }
        ticker.pause(backoff.delay(refused));
      } finally {
        gate.leave();
      }
    }
  }

  private void refusedRead(ObjectStoreException e) {
    metrics.refused();
    if (readRefusals.failed()) {
      LOG.warn(
          "The store takes PUTs and refuses to tell of one object ({} such so far); it takes"
              + " s3:GetObject on all objects and s3:ListBucket on the bucket: {}",
          readRefusals.length(),
          e.getMessage());
    }
  }

  /** Calls that were under way together fail together: only the first makes the waits longer. */
  private void failed(ObjectStoreException cause, long ticket) throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("interrupted while calling the store");
    }
    if (isNews(cause, ticket) && streak.failed()) {
      LOG.warn("Store fails ({} in a row), trying again: {}", streak.length(), cause.getMessage());
    }
    ticker.pause(backoff.delay(Math.max(1, streak.length())));
  }

  private boolean isNews(ObjectStoreException cause, long ticket) {
    if (cause.isConflict()) {
      return true;
    }
    if (cause.isThrottling()) {
      metrics.throttled();
      return gate.throttled(ticket);
    }
    metrics.failed();
    return gate.failed(ticket);
  }

  private void answered(boolean put) {
    int failures = gate.succeeded(put) ? streak.succeeded() : 0;
    if (failures > 0) {
      LOG.info("Store answers again after {} failures in a row", failures);
    }
  }
}
