package io.millrace.worker.object;

import io.millrace.codec.BatchLines;
import io.millrace.codec.Line.Slice;
import io.millrace.codec.LineParts;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.FolderTemplate;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Content;
import io.millrace.object.PutResult;
import io.millrace.worker.process.ClosedRoll;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.store.StoreCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One object for each payload, which holds the payload's bytes and nothing else. Whoever writes a
 * payload a second time, writes the same bytes at the same key, so that nothing has to be announced
 * or looked for: what lies there already is the payload.
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
   * @return never empty
   */
  @Override
  public Optional<Written> write(ClosedRoll roll) throws InterruptedException {
    return calls.during(() -> Optional.of(writeAll(roll)));
  }

  private Written writeAll(ClosedRoll roll) throws InterruptedException {
    long objects = 0;
    long bytes = 0;
    for (HeldBatch batch : roll.batches()) {
      for (LineParts line : lines(batch)) {
        write(batch, line);
        objects++;
        bytes += line.payload().length();
      }
    }
    return new Written(roll, objects, bytes);
  }

  /** An answer that was lost leaves it open whether the object is there: the same call again. */
  private void write(HeldBatch batch, LineParts line) throws InterruptedException {
    String folder = folders.folder(batch.hour(), line.version(), line.token());
    String key = keys.payload(folder, line.id());
    Content content = content(line.payload());
    PutResult result;
    do {
      result = calls.put("data", key, content, MEDIA_TYPE);
    } while (result instanceof PutResult.Unknown);
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
