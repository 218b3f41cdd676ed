package io.millrace.toolbox.audit.judge;

import io.millrace.model.BatchId;
import java.util.Set;

/**
 * What it means that an acknowledged batch is not stored. Immutable.
 *
 * @param letters batches in the dead-letter queue
 * @param earlier those that were in it before anything was listed: what has left it since was sent
 *     back, and may be stored behind the listing
 * @param settled whether the queue was empty, and all dead letters and manifests were read
 */
public record AbsenceRule(Set<BatchId> letters, Set<BatchId> earlier, boolean settled) {
  /** The outcome of all payloads of a batch that is nowhere in the bucket. */
  public Outcome of(BatchId batch) {
    if (letters.contains(batch)) {
      return Outcome.DEAD_LETTERED;
    }
    return settled && !earlier.contains(batch) ? Outcome.MISSING : Outcome.UNSETTLED;
  }
}
