package io.millrace.web.batch;

import io.millrace.codec.Line;
import io.millrace.codec.Line.Slice;
import io.millrace.model.Receipt;
import io.millrace.time.Moment;
import io.millrace.trace.TraceSpan;
import io.millrace.web.parse.ParsedCollection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose client waits for its answer. Ends once: accepted when the queue has every
 * batch that holds a payload of it, not queued as soon as one of them failed.
 *
 * <p>Packed by one thread under the lock of {@link BatchQueue}, before any of its batches can end;
 * from then on it holds its payloads no more. {@link #partEnded} and {@link #state} are
 * thread-safe.
 */
public final class PendingCollection {
  /** Characters of the longest batch id: writer, dash, 19 digits. */
  private static final int MAX_ID_LENGTH = 26 + 1 + 19;

  /**
   * What one byte of a line takes while it is under way: the line, then its share of the frame, of
   * the base64 and of the request, at a compression of 2:1.
   */
  static final int BYTES_HELD_PER_LINE_BYTE = 3;

  private final Moment arrival;
  private final Listener listener;
  private final long lineBytes;
  private final int longestLineBytes;

  /** Null once its lines are in batches, as is the next: the body of its request is freed. */
  private @Nullable ParsedCollection collection;

  private byte @Nullable [] middle;

  private final List<Receipt> parts = new ArrayList<>(1);
  private int open;
  private volatile State state = State.OPEN;

  /** How far it is. */
  public enum State {
    OPEN,
    ACCEPTED,
    NOT_QUEUED
  }

  /** Learns of the end. */
  public interface Listener {
    /**
     * Called once, by the thread that ended the last batch or the first that failed; must not
     * throw.
     */
    void ended(PendingCollection collection);

    /** The span of its request, null if that is not traced. */
    default @Nullable TraceSpan span() {
      return null;
    }
  }

  /**
   * @param middle of all its lines, see {@code Line.middle}; not to be changed
   * @param arrival when it came
   */
  public PendingCollection(
      ParsedCollection collection, byte[] middle, Moment arrival, Listener listener) {
    this.collection = collection;
    this.middle = middle;
    this.arrival = arrival;
    this.listener = listener;
    lineBytes = (long) collection.payloads() * lineBytes(middle, 0) + collection.payloadBytes();
    longestLineBytes = lineBytes(middle, collection.longestPayload());
  }

  /** Most bytes of the lines of all payloads, whatever their batches. */
  public long lineBytes() {
    return lineBytes;
  }

  /** Most bytes of the longest line; of no meaning without payloads. */
  public int longestLineBytes() {
    return longestLineBytes;
  }

  /**
   * Most bytes of the line of one payload, whatever its batch.
   *
   * @throws IllegalStateException if it is packed
   */
  public int lineBytes(Slice payload) {
    return lineBytes(middle(), payload.length());
  }

  /** What the collection takes of the budget until its batches have ended, in bytes. */
  public long bytesHeld() {
    return BYTES_HELD_PER_LINE_BYTE * lineBytes;
  }

  public State state() {
    return state;
  }

  /** How many payloads wait. To be read once accepted. */
  public int payloads() {
    return parts.stream().mapToInt(Receipt::count).sum();
  }

  /** The receipt, comma-joined if the collection was split. To be read once accepted. */
  public String receipt() {
    return Receipt.join(parts);
  }

  /** When it came. */
  Moment arrival() {
    return arrival;
  }

  /**
   * Its payloads.
   *
   * @throws IllegalStateException if it is packed
   */
  ParsedCollection collection() {
    if (collection == null) {
      throw new IllegalStateException("all payloads are in batches");
    }
    return collection;
  }

  /**
   * What stands between batch and payload in each of its lines.
   *
   * @throws IllegalStateException if it is packed
   */
  byte[] middle() {
    if (middle == null) {
      throw new IllegalStateException("all payloads are in batches");
    }
    return middle;
  }

  @Nullable TraceSpan span() {
    return listener.span();
  }

  synchronized void addPart(Receipt part) {
    parts.add(part);
    open++;
  }

  /** All its payloads are in batches. */
  void packed() {
    collection = null;
    middle = null;
  }

  /** One of its batches has ended. */
  void partEnded(boolean sent) {
    if (ends(sent)) {
      listener.ended(this);
    }
  }

  private synchronized boolean ends(boolean sent) {
    open--;
    if (state != State.OPEN || (sent && open > 0)) {
      return false;
    }
    state = sent ? State.ACCEPTED : State.NOT_QUEUED;
    return true;
  }

  private static int lineBytes(byte[] middle, int payloadBytes) {
    return Line.maxLength(MAX_ID_LENGTH, middle, payloadBytes);
  }
}
