package io.millrace.toolbox.audit.look;

import io.millrace.model.BatchId;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.toolbox.audit.judge.AbsenceRule;
import io.millrace.toolbox.audit.judge.LineId;
import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.PartStates;
import io.millrace.toolbox.audit.judge.ReceiptPart;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.bucket.Parallel;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proves receipts in layout {@code payload}: lists all keys, and reads each object whose last name
 * is the id of a payload that a receipt names. Identity: payloads of the receipts = sum of all
 * outcomes. Used once; its tasks run on several threads.
 */
public final class PayloadProof {
  private final Bucket bucket;
  private final Findings findings;
  private final Map<BatchId, List<PartStates>> states = new HashMap<>();

  /** The keys of what is not proven, which is little; of a double one those after the first. */
  private final Map<LineId, String> keys = new ConcurrentHashMap<>();

  /**
   * @param parts what receipts say, by batch
   */
  /** A payload fits a message of 1 MiB; whatever is longer by far is none of ours. */
  private static final int MAX_PAYLOAD_BYTES = 16 << 20;

  public PayloadProof(Bucket bucket, Findings findings, Map<BatchId, List<ReceiptPart>> parts) {
    this.bucket = bucket;
    this.findings = findings;
    parts.forEach(
        (batch, named) -> states.put(batch, named.stream().map(PartStates::new).toList()));
  }

  /** Lists and reads all that receipts name. */
  public void read(Parallel parallel, Progress progress) throws InterruptedException {
    progress.begin("keys looked at", 0);
    Listing listing = bucket.reads().listing(bucket.keys().prefix(), null);
    parallel.each(
        listing::next,
        found -> {
          visit(found);
          progress.done();
        });
  }

  private void visit(ObjectInfo found) throws InterruptedException {
    String key = found.key();
    LineId id = LineId.parse(key.substring(key.lastIndexOf('/') + 1));
    if (id == null) {
      return;
    }
    findings.objects.incrementAndGet();
    findings.bytes.addAndGet(found.size());
    List<PartStates> named =
        states.getOrDefault(id.batch(), List.of()).stream()
            .filter(state -> state.part().holds(id.n()))
            .toList();
    boolean first = true;
    for (PartStates state : named) {
      first &= state.found(id.n());
    }
    if (!first) {
      note(id, key);
    } else if (!named.isEmpty()) {
      compare(key, id, named);
    }
  }

  private void compare(String key, LineId id, List<PartStates> named) throws InterruptedException {
    byte[] hash;
    try {
      hash = ReceiptPart.sha256().digest(bucket.reads().whole(key, MAX_PAYLOAD_BYTES));
    } catch (IOException | ObjectStoreException failed) {
      findings.unread(String.valueOf(failed.getMessage()));
      return;
    }
    boolean proven = true;
    for (PartStates state : named) {
      proven &= state.compared(id.n(), hash) == Outcome.PROVEN;
    }
    if (!proven) {
      note(id, key);
    }
  }

  private void note(LineId id, String key) {
    keys.merge(id, key, (one, other) -> one + ", " + other);
  }

  /** Counts the outcomes, once all is read. */
  public ReceiptTally tell(AbsenceRule absence) {
    ReceiptTally tally = new ReceiptTally();
    states.forEach(
        (batch, named) -> {
          for (PartStates state : named) {
            ReceiptPart part = state.part();
            for (int n = part.first(); n < part.first() + part.count(); n++) {
              Outcome outcome = state.outcome(n);
              String where = keys.get(new LineId(batch, n));
              tally.add(batch, n, outcome == null ? absence.of(batch) : outcome, where);
            }
          }
        });
    return tally;
  }
}
