package io.millrace.toolbox.post;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Sends one collection until its answer is final, or the time for retries is over. Thread-safe. */
final class Delivery {
  private final Endpoint endpoint;
  private final RetryPolicy policy;
  private final Timing timing;
  private final PostTally tally;
  private final AtomicBoolean reached = new AtomicBoolean();

  Delivery(Endpoint endpoint, RetryPolicy policy, Timing timing, PostTally tally) {
    this.endpoint = endpoint;
    this.policy = policy;
    this.timing = timing;
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
    long first = timing.nanoTime();
    tally.sent();
    int tries = 1;
    while (true) {
      PostAnswer answer = endpoint.post(body, length, key);
      if (!(answer instanceof PostAnswer.Lost)) {
        reached.set(true);
      }
      Duration delay = delay(answer, tries, Duration.ofNanos(timing.nanoTime() - first));
      if (delay == null) {
        return answer;
      }
      timing.sleep(delay);
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
      return policy.delay(tries, busy.retryAfter(), sinceFirst);
    }
    return answer instanceof PostAnswer.Lost ? policy.delay(tries, null, sinceFirst) : null;
  }
}
