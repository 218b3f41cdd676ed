package io.millrace.toolbox.audit.look;

import io.millrace.queue.QueueCounts;
import org.jspecify.annotations.Nullable;

/**
 * What the queue counted before anything was listed, and after all was read. Immutable.
 *
 * @param before null if it could not be asked
 * @param after null if it could not be asked
 * @param failure why it could not be asked; null if it could
 */
public record QueueLooks(
    @Nullable QueueCounts before, @Nullable QueueCounts after, @Nullable String failure) {
  /** Whether both looks found nothing: visible, in flight or delayed. */
  public boolean empty() {
    return before != null && before.total() == 0 && after != null && after.total() == 0;
  }
}
