package io.millrace.toolbox.audit.look;

import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.QueueCounts;
import io.millrace.queue.QueueException;
import io.millrace.time.Ticker;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the queue and reads the dead letters. What can't be looked at is told, not thrown. One
 * thread's own; closes what it opened.
 */
public final class QueueWatch implements AutoCloseable {
  /** Counts are approximate: a second look must not be an echo of the first. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

  /** By which a web host's clock may be ahead of this one's. */
  private static final Duration CLOCKS_APART = Duration.ofHours(1);

  private final Supplier<? extends MessageQueue> queues;
  private final Supplier<DeadLetterQueue> letters;
  private final Ticker ticker;
  private @Nullable MessageQueue queue;
  private @Nullable QueueCounts before;
  private @Nullable String failure;
  private long beforeNanos;
  private long beforeMs;

  /**
   * Opens nothing yet.
   *
   * @param queues opens the queue
   * @param letters opens its dead-letter queue
   */
  public QueueWatch(
      Supplier<? extends MessageQueue> queues, Supplier<DeadLetterQueue> letters, Ticker ticker) {
    this.queues = queues;
    this.letters = letters;
    this.ticker = ticker;
  }

  /** The look before anything is listed: at the queue, the dead letters, and the queue again. */
  public LettersSeen lookBefore(Progress progress) throws InterruptedException {
    beforeMs = ticker.now().epochMs();
    before = look();
    LettersSeen seen = readLetters(progress);
    if (before != null && before.total() == 0) {
      before = look();
    }
    beforeNanos = ticker.nanos();
    return seen;
  }

  /** When the first look began. */
  public Instant lookedAt() {
    return Instant.ofEpochMilli(beforeMs);
  }

  /** The look after all was read; if the first found nothing, some seconds after it. */
  public QueueLooks lookAfter(Progress progress) throws InterruptedException {
    if (before != null && before.total() == 0) {
      Duration left = BETWEEN_LOOKS.minusNanos(ticker.nanos() - beforeNanos);
      if (left.toNanos() > 0) {
        progress.say("looking at the queue again in " + (left.toSeconds() + 1) + " s");
        ticker.pause(left);
      }
    }
    QueueCounts after = look();
    return new QueueLooks(before, after, failure);
  }

  private @Nullable QueueCounts look() {
    try {
      MessageQueue opened = queue == null ? queues.get() : queue;
      queue = opened;
      return opened.counts();
    } catch (QueueException refused) {
      failure = refused.getMessage();
      return null;
    }
  }

  /** Reads all dead letters; they stay where they are. */
  public LettersSeen readLetters(Progress progress) throws InterruptedException {
    progress.begin("dead letters read, asking for more", 0);
    Map<BatchId, MessageHeader> headers = new HashMap<>();
    long[] counts = new long[2];
    try (DeadLetterQueue dead = letters.get()) {
      dead.visit(
          letter -> {
            progress.done();
            counts[0]++;
            counts[1] += isNameless(letter, headers) ? 1 : 0;
            return true;
          });
      return new LettersSeen(headers, counts[0], counts[1], dead.othersCounted(), null);
    } catch (QueueException refused) {
      return new LettersSeen(headers, counts[0], counts[1], 0, refused.getMessage());
    }
  }

  private static boolean isNameless(Letter letter, Map<BatchId, MessageHeader> headers) {
    MessageHeader header = letter.header();
    if (header == null) {
      return true;
    }
    BatchId batch = BatchId.parse(header.batch());
    if (!batch.isReachedBy(System.currentTimeMillis() + CLOCKS_APART.toMillis())) {
      return true;
    }
    headers.put(batch, header);
    return false;
  }

  @Override
  public void close() {
    if (queue != null) {
      queue.close();
    }
  }
}
