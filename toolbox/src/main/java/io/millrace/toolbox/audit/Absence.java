package io.millrace.toolbox.audit;

import io.millrace.model.BatchId;
import java.util.Set;

/**
 * What it means that an acknowledged batch is not stored. Immutable.
 *
 * @param letters batches in the dead-letter queue
 * @param settled whether the queue was empty, and all dead letters and manifests were read
 */
record Absence(Set<BatchId> letters, boolean settled) {
  /** The outcome of all payloads of a batch that is nowhere in the bucket. */
  Outcome of(BatchId batch) {
    if (letters.contains(batch)) {
      return Outcome.DEAD_LETTERED;
    }
    return settled ? Outcome.MISSING : Outcome.UNSETTLED;
  }
}
