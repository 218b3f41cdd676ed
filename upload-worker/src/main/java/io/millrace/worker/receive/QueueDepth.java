package io.millrace.worker.receive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.QueueException;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages are on the queue and among the dead letters, as gauges. Every worker sees the
 * same; each asks once a minute, two requests, as often as SQS tells its own metrics. A gauge is
 * NaN while its queue can't be asked.
 *
 * <p>The gauges are thread-safe; {@link #runOnce} is one thread's own.
 */
public final class QueueDepth {
  private static final Logger LOG = LoggerFactory.getLogger(QueueDepth.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  /** Short, because an interrupt may have been lost: who is told to stop then sees it soon. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** SQS gives out about 120,000 messages of a queue at once; past that a receive brings none. */
  private static final long NEARLY_ALL_IN_FLIGHT = 100_000;

  private final List<Watched> watched;
  private final FailureStreak crowds = new FailureStreak();
  private final Ticker ticker;
  private long nextLookNanos;

  /** Registers the gauges. */
  public QueueDepth(
      MessageQueue queue, MessageQueue deadLetters, MeterRegistry registry, Ticker ticker) {
    watched = List.of(new Watched("main", queue), new Watched("dead-letters", deadLetters));
    this.ticker = ticker;
    nextLookNanos = ticker.nanos();
    for (Watched each : watched) {
      each.show("visible", QueueCounts::visible, registry);
      each.show("in-flight", QueueCounts::inFlight, registry);
      each.show("delayed", QueueCounts::delayed, registry);
    }
  }

  /**
   * Looks at both queues if it is time to, and waits a second.
   *
   * @return true: there is always a next time
   * @throws InterruptedException if told to stop
   */
  public boolean runOnce() throws InterruptedException {
    if (ticker.nanos() - nextLookNanos >= 0) {
      for (Watched each : watched) {
        each.look();
      }
      noticeCrowd();
      nextLookNanos = ticker.nanos() + BETWEEN_LOOKS.toNanos();
    }
    ticker.pause(PAUSE);
    return true;
  }

  /**
   * Whether, by the last look, all workers together hold nearly as many messages as SQS gives out;
   * false if the queue can't be asked.
   */
  public boolean isCrowded() {
    QueueCounts known = watched.get(0).counts;
    return known != null && known.inFlight() >= NEARLY_ALL_IN_FLIGHT;
  }

  /**
   * Whether, by the last look, messages may wait on the queue although a receive brought so few:
   * SQS answers with none, and without an error, when too many are in flight.
   */
  boolean mayHide(int received) {
    QueueCounts known = watched.get(0).counts;
    return isCrowded() || (received == 0 && known != null && known.visible() > 0);
  }

  private void noticeCrowd() {
    if (!isCrowded()) {
      crowds.succeeded();
    } else if (crowds.failed()) {
      LOG.warn(
          "More than {} messages are in flight, near the 120,000 that SQS gives out of a queue:"
              + " rolls close early, the watermark stands still",
          NEARLY_ALL_IN_FLIGHT);
    }
  }

  private static final class Watched {
    private final String name;
    private final MessageQueue queue;
    private final FailureStreak streak = new FailureStreak();
    private volatile @Nullable QueueCounts counts;

    Watched(String name, MessageQueue queue) {
      this.name = name;
      this.queue = queue;
    }

    void show(String state, ToDoubleFunction<QueueCounts> count, MeterRegistry registry) {
      Gauge.builder("millrace.sqs.messages", this, watched -> watched.tell(count))
          .description("Messages on a queue, about, by state; looked up every minute")
          .tag("queue", name)
          .tag("state", state)
          .strongReference(true)
          .register(registry);
    }

    void look() throws InterruptedException {
      try {
        counts = queue.counts();
        int failures = streak.succeeded();
        if (failures > 0) {
          LOG.info("Messages on queue {} are counted again, after {} failures", name, failures);
        }
      } catch (QueueException e) {
        counts = null;
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("interrupted while counting messages");
        }
        if (streak.failed()) {
          LOG.warn("Can't count the messages on queue {}: {}", name, e.getMessage());
        }
      }
    }

    private double tell(ToDoubleFunction<QueueCounts> count) {
      QueueCounts known = counts;
      return known == null ? Double.NaN : count.applyAsDouble(known);
    }
  }
}
