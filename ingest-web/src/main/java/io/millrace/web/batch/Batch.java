package io.millrace.web.batch;

import io.millrace.model.BatchId;
import io.millrace.pace.Moment;
import io.millrace.trace.TraceSpan;
import java.util.ArrayList;
import java.util.List;

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
  private final LineBuffer lines;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<TraceSpan> spans = new ArrayList<>(0);
  private int payloads;
  private long reservedBytes;
  private boolean ended;

  Batch(BatchId id, Moment opened, LineBuffer lines) {
    this.id = id;
    this.openedMs = opened.epochMs();
    this.openedNanos = opened.nanos();
    this.lines = lines;
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

  /** The lines from index 0 on; valid until {@link BatchQueue#recycle}. */
  public byte[] lines() {
    return lines.bytes();
  }

  /** Bytes of the lines. */
  public int lineBytes() {
    return lines.length();
  }

  /** The same, 0 to 1 of the most that a batch may have; 0 for a checkpoint. */
  public double fillRatio() {
    return lines.length() == 0 ? 0 : (double) lines.length() / lines.maxBytes();
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
   * Tells the waiting collections.
   *
   * @param sent whether the queue has the batch
   * @throws IllegalStateException if it has ended before
   */
  public void end(boolean sent) {
    if (ended) {
      throw new IllegalStateException("batch " + id + " has ended before");
    }
    ended = true;
    waiting.forEach(collection -> collection.partEnded(sent));
  }

  LineBuffer buffer() {
    return lines;
  }

  void addWaiting(Waiting collection, int payloadCount, long bytes) {
    waiting.add(collection);
    payloads += payloadCount;
    reservedBytes += bytes;
    TraceSpan span = collection.span();
    if (span != null) {
      spans.add(span);
    }
  }
}
