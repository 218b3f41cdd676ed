package io.millrace.toolbox.audit.look;

import io.millrace.model.BatchId;
import io.millrace.toolbox.audit.judge.ReceiptPart;
import io.millrace.toolbox.audit.judge.Sighting;
import java.util.List;

/**
 * A batch whose lines are to be compared with receipts.
 *
 * @param place the one place where it is stored
 * @param parts what receipts say of it
 */
record WantedBatch(BatchId batch, Sighting place, List<ReceiptPart> parts) {
  /** Offset behind its frame. */
  long end() {
    return place.offset() + place.length();
  }
}
