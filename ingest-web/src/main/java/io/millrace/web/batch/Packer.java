package io.millrace.web.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.codec.Line;
import io.millrace.codec.Line.Slice;
import io.millrace.model.Receipt;
import io.millrace.time.Moment;
import io.millrace.web.parse.ParsedCollection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of collections into the open batch and closes it when it is full, has lingered,
 * or is asked to. Passive: it has no thread and no clock; time is passed in.
 *
 * <p>Not thread-safe; {@link BatchQueue} guards it. Identity: payloads added = payloads in closed
 * batches + payloads in the open one.
 */
final class Packer {
  private static final int MAX_SPARE_BUFFERS = 4;

  /** A collection is small if so many of its size fit a batch. */
  private static final int SMALL_PARTS = 4;

  private final BatchNumbers numbers;
  private final int maxBytes;
  private final long lingerNanos;
  private final long checkpointNanos;
  private final Deque<LineBuffer> spare = new ArrayDeque<>();
  private @Nullable Batch open;
  private byte[] openId = new byte[0];
  private long lastClosedNanos;

  /** The last number is of a batch that no checkpoint has followed. */
  private boolean payloadsLast;

  Packer(BatchQueue.Limits limits, BatchNumbers numbers) {
    this.numbers = numbers;
    this.maxBytes = limits.maxBytes();
    this.lingerNanos = limits.linger().toNanos();
    this.checkpointNanos = limits.checkpointAfter().toNanos();
  }

  /** Whether no batch is open. */
  boolean isEmpty() {
    return open == null;
  }

  /**
   * When this packer next has something to give by itself.
   *
   * @return by {@code System.nanoTime()}; null if never
   */
  @Nullable Long deadlineNanos() {
    if (open != null) {
      return open.openedNanos() + lingerNanos;
    }
    return needsCheckpoint() ? (Long) (lastClosedNanos + checkpointNanos) : null;
  }

  /**
   * Adds all payloads.
   *
   * @throws IllegalArgumentException if one of them fits no empty batch; nothing was added then
   */
  void add(PendingCollection pending, Consumer<Batch> closed) {
    int payloads = pending.collection().payloads();
    if (payloads > 0 && pending.longestLineBytes() > maxBytes) {
      throw new IllegalArgumentException(
          "a line of " + pending.longestLineBytes() + " bytes, a batch takes " + maxBytes);
    }
    if (open != null && !fitsWhole(pending, open)) {
      closed.accept(close(pending.arrival().nanos()));
    }
    int first = 0;
    while (first < payloads) {
      Batch batch = open != null ? open : openNew(pending.arrival());
      first += write(pending, first, batch);
      if (first < payloads) {
        closed.accept(close(pending.arrival().nanos()));
      }
    }
    pending.packed();
  }

  /** Closes the open batch, or makes the checkpoint, if its time has come. */
  @Nullable Batch closeIfDue(Moment now) {
    Long deadline = deadlineNanos();
    if (deadline == null || now.nanos() - deadline < 0) {
      return null;
    }
    return open != null ? close(now.nanos()) : checkpoint(now);
  }

  /** Closes the open batch, whatever its age. */
  @Nullable Batch flush(long nowNanos) {
    return open == null ? null : close(nowNanos);
  }

  /**
   * A batch without payloads that tells the last number and which ones were abandoned; made only if
   * one that was sent has not told all of it already.
   */
  @Nullable Batch checkpoint(Moment now) {
    if (open != null || !needsCheckpoint()) {
      return null;
    }
    payloadsLast = false;
    lastClosedNanos = now.nanos();
    return new Batch(numbers.next(), now, new LineBuffer(0));
  }

  /** Takes a batch's buffer back for use in another; a checkpoint's has no room for lines. */
  void recycle(LineBuffer buffer) {
    if (spare.size() < MAX_SPARE_BUFFERS && buffer.bytes().length > 0) {
      buffer.clear();
      spare.push(buffer);
    }
  }

  private boolean fitsWhole(PendingCollection pending, Batch batch) {
    return pending.lineBytes() <= maxBytes - batch.lineBytes();
  }

  private Batch openNew(Moment arrival) {
    LineBuffer buffer = spare.isEmpty() ? new LineBuffer(maxBytes) : spare.pop();
    Batch batch = new Batch(numbers.next(), arrival, buffer);
    openId = batch.id().toString().getBytes(ISO_8859_1);
    open = batch;
    return batch;
  }

  /** Writes payloads from {@code first} on until the batch is full; returns how many. */
  private int write(PendingCollection pending, int first, Batch batch) {
    ParsedCollection collection = pending.collection();
    byte[] middle = pending.middle();
    LineBuffer lines = batch.buffer();
    int count = 0;
    long held = 0;
    for (int i = first; i < collection.payloads(); i++) {
      Slice payload = collection.payload(i);
      int most = pending.lineBytes(payload);
      if (most > maxBytes - lines.length()) {
        break;
      }
      lines.ensure(most);
      int number = batch.payloads() + count;
      lines.length(Line.write(openId, number, middle, payload, lines.bytes(), lines.length()));
      held += (long) PendingCollection.BYTES_HELD_PER_LINE_BYTE * most;
      count++;
    }
    if (count == 0) {
      throw new IllegalStateException("a payload that fits no empty batch"); // else without end
    }
    pending.addPart(new Receipt(batch.id(), batch.payloads(), count));
    batch.addWaiting(pending, count, held);
    if (pending.lineBytes() <= maxBytes / SMALL_PARTS) {
      batch.holdsSmall();
    }
    return count;
  }

  private Batch close(long nowNanos) {
    Batch batch = Objects.requireNonNull(open);
    open = null;
    lastClosedNanos = nowNanos;
    payloadsLast = true;
    return batch;
  }

  private boolean needsCheckpoint() {
    return payloadsLast || !numbers.allTold();
  }
}
