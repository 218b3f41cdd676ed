package io.millrace.web.send;

import io.millrace.queue.QueueException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failed tries: the first at once, then one line in ten seconds with how many there were. All
 * of them are counted as metrics.
 *
 * <p>Thread-safe.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong nextNanos;
  private final AtomicLong unreported = new AtomicLong();

  FailureLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong());
  }

  void report(QueueException failure) {
    unreported.incrementAndGet();
    long next = nextNanos.get();
    long now = nanoTime.getAsLong();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + QUIET_NANOS)) {
      LOG.warn(
          "{} tries to send failed; the last: {}", unreported.getAndSet(0), failure.getMessage());
    }
  }
}
