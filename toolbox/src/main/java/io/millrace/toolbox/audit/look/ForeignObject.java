package io.millrace.toolbox.audit.look;

import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.toolbox.audit.judge.LineId;
import io.millrace.toolbox.audit.judge.StoredLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** A data object that no manifest tells of: its own lines do. Stateless and thread-safe. */
final class ForeignObject {
  private ForeignObject() {}

  /**
   * Which batches have lines in the object, and how many.
   *
   * @throws IOException if it can't be unpacked or a line is none of ours
   */
  static Map<BatchId, Integer> batches(Codec codec, InputStream in) throws IOException {
    Map<BatchId, Integer> batches = new HashMap<>();
    ObjectLines.ofStream(codec, in, line -> batches.merge(batch(line), 1, Integer::sum));
    return batches;
  }

  private static BatchId batch(StoredLine line) throws IOException {
    LineId id = LineId.parse(line.id());
    if (id == null) {
      throw new IOException("a line has no id of ours");
    }
    return id.batch();
  }
}
