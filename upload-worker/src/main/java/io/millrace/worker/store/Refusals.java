package io.millrace.worker.store;

import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import org.jspecify.annotations.Nullable;

/**
 * Tells what passes from what does not, for the PUTs of one key. A refusal counts only while the
 * store takes others beside it; that no answer comes counts too, since a body that is too long for
 * a link or a hop often has none. That something lies at the key, and is not shown by HEAD, counts
 * as well: one of the two answers is wrong, and stays so.
 *
 * <p>Not thread-safe.
 */
public final class Refusals {
  /** So many in a row do not pass. */
  private static final int MANY = 5;

  /** A length that was refused as such will be again; one more try, as a hop may change. */
  private static final int MANY_TOO_LARGE = 2;

  private int refused;
  private int unanswered;
  private int taken;
  private @Nullable ObjectStoreException last;

  /** Counts a try and returns its result. */
  public PutResult count(StoreCalls.Put put) {
    if (put.refused() != null) {
      refused++;
      unanswered = 0;
      last = put.refused();
    } else if (put.result() instanceof PutResult.Unknown unknown && !unknown.cause().isRefusal()) {
      unanswered += unknown.cause().isThrottling() || unknown.cause().isConflict() ? 0 : 1;
    } else {
      taken += put.result() instanceof PutResult.AlreadyThere ? 1 : 0;
      refused = 0; // the store refuses all, or answered
      unanswered = 0;
    }
    return put.result();
  }

  /** Whether the store will not take it, while it takes others. */
  public boolean isForGood() {
    return last != null && refused >= (last.isTooLarge() ? MANY_TOO_LARGE : MANY);
  }

  /**
   * Whether the store has said over and over that something lies at the key, though whoever looks
   * there sees nothing.
   */
  public boolean isHidden() {
    return taken >= MANY;
  }

  /** Whether it may be too long to get through. */
  public boolean isNeverAnswered() {
    return unanswered >= MANY;
  }

  /** Whether the length was refused, or may have been. */
  public boolean isAboutLength() {
    return last == null || last.isTooLarge();
  }

  /** Whether the last try was no refusal of this key. */
  public boolean isUncounted() {
    return refused == 0;
  }

  /** Begins anew, for another call at the same key. */
  public void reset() {
    refused = 0;
    unanswered = 0;
  }

  /** Why it was refused, for people; not empty after a refusal. */
  public String reason() {
    String text =
        isHidden()
            ? "the store says that something lies at the key and does not show it: allow"
                + " s3:GetObject and s3:ListBucket"
            : last == null ? "" : "the store refuses it: " + last.getMessage();
    return text.length() > 500 ? text.substring(0, 500) : text;
  }
}
