package io.millrace.web.batch;

import io.millrace.model.Receipt;
import io.millrace.trace.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose client waits for its answer. Ends once: accepted when the queue has every
 * batch that holds a payload of it, not queued as soon as one of them failed.
 *
 * <p>Parts are added under the lock of {@link BatchQueue}, before any of its batches can end;
 * {@link #partEnded} and {@link #state} are thread-safe.
 */
public final class Waiting {
  private final Listener listener;
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
    void ended(Waiting collection);

    /** The span of its request, null if that is not traced. */
    default @Nullable TraceSpan span() {
      return null;
    }
  }

  public Waiting(Listener listener) {
    this.listener = listener;
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

  @Nullable TraceSpan span() {
    return listener.span();
  }

  synchronized void addPart(Receipt part) {
    parts.add(part);
    open++;
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
}
