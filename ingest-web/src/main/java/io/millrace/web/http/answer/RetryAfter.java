package io.millrace.web.http.answer;

import io.millrace.run.ByteBudget;
import io.millrace.time.Ticker;
import io.millrace.web.batch.DrainRate;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Values of the header Retry-After, in whole seconds: 1 s, and a random part ("full jitter") of the
 * time for which there is reason to wait, so that millions do not come back at once.
 *
 * <p>Thread-safe.
 */
public final class RetryAfter {
  static final int MAX_SECONDS = 60;

  /** A balancer has found another server by then. */
  private static final int STOPPING_SECONDS = 10;

  private final ByteBudget budget;
  private final DrainRate rate;
  private final Ticker ticker;

  public RetryAfter(ByteBudget budget, DrainRate rate, Ticker ticker) {
    this.budget = budget;
    this.rate = rate;
    this.ticker = ticker;
  }

  /**
   * For a collection that had no room or was not queued: up to the time that all which is reserved
   * now takes to drain as fast as it did of late, 1 s to {@value #MAX_SECONDS} s.
   */
  String untilDrained() {
    return jittered(secondsToDrain(budget.reserved(), rate.bytesPerSecond(ticker.nanos())));
  }

  /** For a server that is going down: another one can be asked soon. */
  public static String whileStopping() {
    return jittered(STOPPING_SECONDS);
  }

  /** For a connection that is one too many: others end soon, or another server can be asked. */
  public static String forConnection() {
    return jittered(STOPPING_SECONDS);
  }

  /** Rounded up, at most one less than {@link #MAX_SECONDS}, which it is if nothing drains. */
  static int secondsToDrain(long reservedBytes, double bytesPerSecond) {
    double seconds = reservedBytes / Math.max(bytesPerSecond, Double.MIN_NORMAL);
    return (int) Math.min(MAX_SECONDS - 1, Math.ceil(seconds));
  }

  private static String jittered(int seconds) {
    return Integer.toString(1 + ThreadLocalRandom.current().nextInt(seconds + 1));
  }
}
