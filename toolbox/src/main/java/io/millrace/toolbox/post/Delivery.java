package io.millrace.toolbox.post;

import io.millrace.time.Backoff;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends one collection until its answer is final, or the time for retries is over. Thread-safe. */
final class Delivery {
  private final Endpoint endpoint;
  private final Retries retries;
  private final Ticker ticker;
  private final PostTally tally;
  private final AtomicBoolean reached = new AtomicBoolean();

  /**
   * How long to wait before a collection is tried again.
   *
   * @param limit how long after its first try a collection may still be tried again
   */
  record Retries(Duration limit, Backoff backoff) {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LEAST_SPREAD = Duration.ofMillis(50);
    private static final int SPREAD_PART = 5;

    /** Waits for answers that ask for none: up to 100 ms, doubling to 10 s. */
    static Backoff backoff(RandomGenerator random) {
      return new Backoff(FIRST, LONGEST, random);
    }

    /**
     * The wait before the next try. What the server asks for is never shortened, only spread by up
     * to a fifth.
     *
     * @param tries made so far, at least 1
     * @param asked the server's Retry-After; null if there was none
     * @param sinceFirst time since the first try began
     * @return null if the next try would begin after the limit: give up
     */
    @Nullable Duration delay(int tries, @Nullable Duration asked, Duration sinceFirst) {
      Duration delay = asked == null ? backoff.delay(tries) : spread(asked);
      return sinceFirst.plus(delay).compareTo(limit) > 0 ? null : delay;
    }

    private Duration spread(Duration asked) {
      long spread = Math.max(LEAST_SPREAD.toNanos(), asked.dividedBy(SPREAD_PART).toNanos());
      return asked.plusNanos((long) (spread * backoff.random().nextDouble()));
    }
  }

  Delivery(Endpoint endpoint, Retries retries, Ticker ticker, PostTally tally) {
    this.endpoint = endpoint;
    this.retries = retries;
    this.ticker = ticker;
    this.tally = tally;
  }

  /**
   * Sends a body, and once more while that may help. Every try has the same bytes and the same key.
   *
   * @param key for the Idempotency-Key header; null for none
   * @return the last answer
   * @throws InterruptedException if the thread is interrupted between two tries
   */
  PostAnswer deliver(byte[] body, int length, @Nullable String key) throws InterruptedException {
    long first = ticker.nanos();
    tally.sent();
    int tries = 1;
    while (true) {
      PostAnswer answer = endpoint.post(body, length, key);
      if (!(answer instanceof PostAnswer.Lost)) {
        reached.set(true);
      }
      Duration delay = delay(answer, tries, Duration.ofNanos(ticker.nanos() - first));
      if (delay == null) {
        return answer;
      }
      ticker.pause(delay);
      tally.retried();
      tries++;
    }
  }

  /** Whether any request of the run was answered. */
  boolean reachedOnce() {
    return reached.get();
  }

  private @Nullable Duration delay(PostAnswer answer, int tries, Duration sinceFirst) {
    if (answer instanceof PostAnswer.Busy busy) {
      return retries.delay(tries, busy.retryAfter(), sinceFirst);
    }
    return answer instanceof PostAnswer.Lost ? retries.delay(tries, null, sinceFirst) : null;
  }
}
