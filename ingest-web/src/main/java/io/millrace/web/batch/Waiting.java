package io.millrace.web.batch;

import io.millrace.model.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A collection whose client waits for its answer. Ends once: accepted when the queue has every
 * batch that holds a payload of it, not queued as soon as one of them failed.
 *
 * <p>Parts are added under the lock of {@link BatchQueue}, before any of its batches can end;
 * {@link #partEnded} is thread-safe.
 */
public final class Waiting {
  private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
  private final List<Receipt> parts = new ArrayList<>(1);
  private int open;

  /** Completes with whether the queue has all payloads; never exceptionally. */
  public CompletableFuture<Boolean> accepted() {
    return accepted;
  }

  /** The receipt, comma-joined if the collection was split. To be read once accepted. */
  public String receipt() {
    return Receipt.join(parts);
  }

  synchronized void addPart(Receipt part) {
    parts.add(part);
    open++;
  }

  /** One of its batches has ended. */
  void partEnded(boolean sent) {
    boolean last;
    synchronized (this) {
      last = --open == 0;
    }
    if (!sent) {
      accepted.complete(false);
    } else if (last) {
      accepted.complete(true);
    }
  }
}
