package io.millrace.toolbox.audit.judge;

import io.millrace.model.BatchId;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the lines of one batch with what receipts say of it: is shown the lines, then tells the
 * outcomes. One thread's own.
 */
public final class BatchProof {
  private final BatchId batch;
  private final List<ReceiptPart> parts;
  private final BitSet wanted = new BitSet();
  private final BitSet twice = new BitSet();
  private final Map<Integer, byte[]> hashes = new HashMap<>();
  private final MessageDigest digest = ReceiptPart.sha256();

  public BatchProof(BatchId batch, List<ReceiptPart> parts) {
    this.batch = batch;
    this.parts = parts;
    parts.forEach(part -> wanted.set(part.first(), part.first() + part.count()));
  }

  /** Looks at a line; those of other batches are passed over. */
  public void line(StoredLine line) {
    LineId id = LineId.parse(line.id());
    if (id == null || !id.batch().equals(batch) || !wanted.get(id.n())) {
      return;
    }
    if (hashes.putIfAbsent(id.n(), hash(line)) != null) {
      twice.set(id.n());
    }
  }

  private byte[] hash(StoredLine line) {
    int from = line.payloadStart();
    if (from < 0) {
      return new byte[ReceiptPart.HASH_BYTES];
    }
    digest.update(line.bytes(), from, line.payloadEnd() - from);
    return digest.digest();
  }

  /** Tells the outcome of each payload, once all lines were shown. */
  public void tell(ReceiptTally tally, String object) {
    for (ReceiptPart part : parts) {
      for (int n = part.first(); n < part.first() + part.count(); n++) {
        tally.add(batch, n, outcome(part, n), object);
      }
    }
  }

  private Outcome outcome(ReceiptPart part, int number) {
    byte[] hash = hashes.get(number);
    if (hash == null) {
      return Outcome.MISSING;
    }
    if (twice.get(number)) {
      return Outcome.DOUBLE;
    }
    return part.matches(number, hash) ? Outcome.PROVEN : Outcome.DIFFERENT;
  }
}
