package io.millrace.worker.upload;

import io.millrace.codec.BatchLines;
import io.millrace.codec.Line.Slice;
import io.millrace.codec.LineParts;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.FolderTemplate;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.PutResult;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.store.Refusals;
import io.millrace.worker.store.StoreCalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One object for each payload, which holds the payload's bytes and nothing else. Whoever writes a
 * payload a second time, writes the same bytes at the same key, so that nothing has to be announced
 * or looked for: what lies there already is the payload.
 *
 * <p>A batch with a payload whose key or content the store refuses for good is set aside; those of
 * its payloads that are stored by then stay, and are found there if it is sent again.
 *
 * <p>Thread-safe. Takes the uncompressed lines of one batch for each call under way.
 */
public final class PayloadWriter implements Layout {
  private static final String MEDIA_TYPE = "application/octet-stream";

  private final StoreCalls calls;
  private final ObjectKeys keys;
  private final FolderTemplate folders;

  public PayloadWriter(StoreCalls calls, ObjectKeys keys, FolderTemplate folders) {
    this.calls = calls;
    this.keys = keys;
    this.folders = folders;
  }

  /**
   * {@inheritDoc}
   *
   * @param roll of batches whose lines have been checked
   */
  @Override
  public Settled write(ClosedRoll roll) throws InterruptedException {
    return calls.during(() -> writeAll(roll));
  }

  private Settled writeAll(ClosedRoll roll) throws InterruptedException {
    long objects = 0;
    long bytes = 0;
    Set<Integer> refused = new HashSet<>();
    List<SetAside> aside = new ArrayList<>(0);
    for (int i = 0; i < roll.batches().size(); i++) {
      HeldBatch batch = roll.batches().get(i);
      for (LineParts line : lines(batch)) {
        Refusals refusals = new Refusals();
        if (!write(batch, line, refusals)) {
          refused.add(i);
          aside.add(new SetAside(batch, refusals.reason()));
          break;
        }
        objects++;
        bytes += line.payload().length();
      }
    }
    ClosedRoll stored = roll.without(refused);
    return new Settled(
        stored.batches().isEmpty() ? List.of() : List.of(new Written(stored, objects, bytes)),
        aside);
  }

  /**
   * An answer that was lost leaves it open whether the object is there: the same call again.
   *
   * @return false if the store does not take it, while it takes others
   */
  private boolean write(HeldBatch batch, LineParts line, Refusals refusals)
      throws InterruptedException {
    String folder = folders.folder(batch.hour(), line.version(), line.token());
    String key = keys.payload(folder, line.id());
    Content content = content(line.payload());
    while (refusals.count(calls.tryPut("data", key, content, MEDIA_TYPE))
        instanceof PutResult.Unknown) {
      if (refusals.isForGood()) {
        return false;
      }
    }
    return true;
  }

  private static Content content(Slice payload) {
    int end = payload.start() + payload.length();
    return Content.of(Arrays.copyOfRange(payload.array(), payload.start(), end));
  }

  private static List<LineParts> lines(HeldBatch batch) {
    try {
      return BatchLines.read(batch.header(), batch.frame());
    } catch (UndecodableException e) {
      throw new IllegalStateException(
          "batch " + batch.header().batch() + " was taken in, but " + e.getMessage(), e);
    }
  }
}
