package io.millrace.web.batch;

import io.millrace.model.BatchId;
import io.millrace.time.Moment;
import io.millrace.trace.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of payloads that travel together, and the collections that wait for them. Its end is
 * set once: sent or failed.
 *
 * <p>Filled under the lock of {@link BatchQueue}; after that one sender thread's own.
 */
public final class Batch {
  private final BatchId id;
  private final long openedMs;
  private final long openedNanos;
  private final int maxBytes;
  private final List<PendingCollection> waiting = new ArrayList<>();
  private final List<TraceSpan> spans = new ArrayList<>(0);

  /** Null once another batch may have it. */
  private @Nullable LineBuffer lines;

  /** Bytes of the lines, kept when the buffer is given up. */
  private int recycledBytes;

  private int payloads;
  private long reservedBytes;
  private boolean bulk = true;
  private boolean ended;

  Batch(BatchId id, Moment opened, LineBuffer lines) {
    this.id = id;
    this.openedMs = opened.epochMs();
    this.openedNanos = opened.nanos();
    this.lines = lines;
    this.maxBytes = lines.maxBytes();
  }

  /** Its number in this writer's row of batches. */
  public BatchId id() {
    return id;
  }

  /** When its first payload came, ms since the epoch; decides the hour. */
  public long openedMs() {
    return openedMs;
  }

  /** The same by the clock that never jumps, {@code System.nanoTime()}. */
  public long openedNanos() {
    return openedNanos;
  }

  /**
   * The lines from index 0 on.
   *
   * @throws IllegalStateException after {@link BatchQueue#recycle}
   */
  public byte[] lines() {
    return buffer().bytes();
  }

  /** Bytes of the lines. */
  public int lineBytes() {
    return lines == null ? recycledBytes : lines.length();
  }

  /** The same, 0 to 1 of the most that a batch may have; 0 for a checkpoint. */
  public double fillRatio() {
    return maxBytes == 0 ? 0 : (double) lineBytes() / maxBytes;
  }

  /** Number of lines; 0 for a checkpoint. */
  public int payloads() {
    return payloads;
  }

  /** Bytes that its collections hold of the budget; given back by whoever ends the batch. */
  public long reservedBytes() {
    return reservedBytes;
  }

  /** Of those of its requests that are traced. */
  public List<TraceSpan> spans() {
    return spans;
  }

  /**
   * Tells the waiting collections. One whose listener throws keeps no other from its answer.
   *
   * @param sent whether the queue has the batch
   * @param failed gets what a listener threw; must not throw
   * @throws IllegalStateException if it has ended before
   * @throws Error the first that a listener threw, after all were told
   */
  public void end(boolean sent, Consumer<RuntimeException> failed) {
    if (ended) {
      throw new IllegalStateException("batch " + id + " has ended before");
    }
    ended = true;
    Error first = null;
    for (PendingCollection collection : waiting) {
      try {
        collection.partEnded(sent);
      } catch (RuntimeException e) {
        failed.accept(e);
      } catch (Error e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * The buffer of the lines.
   *
   * @throws IllegalStateException once it was given up
   */
  LineBuffer buffer() {
    if (lines == null) {
      throw new IllegalStateException("batch " + id + " was recycled");
    }
    return lines;
  }

  /** Gives the buffer up to another batch; the lines can't be read any more. */
  LineBuffer giveUpBuffer() {
    LineBuffer buffer = buffer();
    recycledBytes = buffer.length();
    lines = null;
    return buffer;
  }

  /** A collection in it is small. */
  void holdsSmall() {
    bulk = false;
  }

  /** Whether it has large collections alone: then others go ahead of it. */
  boolean isBulk() {
    return bulk && payloads > 0;
  }

  void addWaiting(PendingCollection collection, int payloadCount, long bytes) {
    waiting.add(collection);
    payloads += payloadCount;
    reservedBytes += bytes;
    TraceSpan span = collection.span();
    if (span != null) {
      spans.add(span);
    }
  }
}
