package io.millrace.toolbox.audit.look;

import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.object.ObjectStoreException;
import io.millrace.toolbox.audit.judge.AbsenceRule;
import io.millrace.toolbox.audit.judge.BatchProof;
import io.millrace.toolbox.audit.judge.Facts;
import io.millrace.toolbox.audit.judge.LineId;
import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.ReceiptPart;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.audit.judge.Sighting;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Proves receipts in layout {@code rolled}: reads the frames of the batches that they name, object
 * by object. Identity: payloads of the receipts = sum of all outcomes. Used once; its tasks run on
 * several threads.
 */
public final class RolledProof {
  private final Reads reads;
  private final Findings findings;
  private final ReceiptTally tally = new ReceiptTally();

  public RolledProof(Reads reads, Findings findings) {
    this.reads = reads;
    this.findings = findings;
  }

  /**
   * Reads what is named and counts the outcomes.
   *
   * @param parts what receipts say, by batch; not changed meanwhile
   */
  public ReceiptTally run(
      Map<BatchId, List<ReceiptPart>> parts,
      Facts facts,
      AbsenceRule absence,
      Parallel parallel,
      Progress progress)
      throws InterruptedException {
    Map<String, List<WantedBatch>> objects = new TreeMap<>();
    parts.forEach(
        (batch, named) -> {
          List<Sighting> places = facts.places(batch);
          if (places.size() == 1) {
            WantedBatch wanted = new WantedBatch(batch, places.get(0), named);
            objects.computeIfAbsent(wanted.place().object(), o -> new ArrayList<>()).add(wanted);
          } else if (places.isEmpty()) {
            tally.addAll(batch, named, absence.of(batch), null);
          } else {
            List<String> where = places.stream().map(Sighting::object).toList();
            tally.addAll(batch, named, Outcome.DOUBLE, String.join(", ", where));
          }
        });
    progress.begin("objects read for receipts", objects.size());
    parallel.each(
        Parallel.Source.of(objects.entrySet()),
        object -> {
          prove(object.getKey(), object.getValue());
          progress.done();
        });
    return tally;
  }

  private void prove(String object, List<WantedBatch> batches) throws InterruptedException {
    List<WantedBatch> frames =
        batches.stream().filter(batch -> !batch.place().isForeign()).toList();
    for (FrameRun run : FrameRun.over(frames)) {
      try {
        byte[] bytes = reads.part(object, run.offset(), run.length());
        for (WantedBatch frame : run.frames()) {
          int from = (int) (frame.place().offset() - run.offset());
          proveFrame(frame, Arrays.copyOfRange(bytes, from, from + frame.place().length()));
        }
      } catch (ObjectStoreException failed) {
        unread(run.frames(), failed);
      }
    }
    List<WantedBatch> foreign =
        batches.stream().filter(batch -> batch.place().isForeign()).toList();
    if (!foreign.isEmpty()) {
      proveForeign(object, foreign);
    }
  }

  private void proveFrame(WantedBatch wanted, byte[] frame) {
    Sighting place = wanted.place();
    String object = place.object();
    String fault = DeepCheck.crcFault(frame, "%08x".formatted(place.crc32c()));
    if (fault != null) {
      damaged(wanted, fault);
    }
    BatchProof proof = new BatchProof(wanted.batch(), wanted.parts());
    try {
      ObjectLines.ofFrame(Codec.ofKey(object), frame, proof::line);
      proof.tell(tally, object);
    } catch (IOException unreadable) {
      damaged(wanted, "the frame can't be unpacked: " + unreadable.getMessage());
      tally.addAll(wanted.batch(), wanted.parts(), Outcome.DIFFERENT, object);
    }
  }

  private void proveForeign(String object, List<WantedBatch> batches) throws InterruptedException {
    try {
      Map<BatchId, BatchProof> proofs = reads.use(object, in -> readForeign(object, in, batches));
      proofs.values().forEach(proof -> proof.tell(tally, object));
    } catch (ObjectStoreException failed) {
      unread(batches, failed);
    } catch (IOException unreadable) {
      for (WantedBatch batch : batches) {
        tally.addAll(batch.batch(), batch.parts(), Outcome.DIFFERENT, object);
      }
    }
  }

  private static Map<BatchId, BatchProof> readForeign(
      String object, InputStream in, List<WantedBatch> batches) throws IOException {
    Map<BatchId, BatchProof> proofs = new HashMap<>();
    for (WantedBatch batch : batches) {
      proofs.put(batch.batch(), new BatchProof(batch.batch(), batch.parts()));
    }
    ObjectLines.ofStream(
        Codec.ofKey(object),
        in,
        line -> {
          LineId id = LineId.parse(line.id());
          BatchProof proof = id == null ? null : proofs.get(id.batch());
          if (proof != null) {
            proof.line(line);
          }
        });
    return proofs;
  }

  private void unread(List<WantedBatch> batches, ObjectStoreException failed) {
    findings.unread(String.valueOf(failed.getMessage()));
    for (WantedBatch batch : batches) {
      tally.addAll(batch.batch(), batch.parts(), Outcome.UNREAD, batch.place().object());
    }
  }

  private void damaged(WantedBatch wanted, String what) {
    Sighting place = wanted.place();
    findings.damaged(new Damage(place.object(), wanted.batch().toString(), place.offset(), what));
  }
}
