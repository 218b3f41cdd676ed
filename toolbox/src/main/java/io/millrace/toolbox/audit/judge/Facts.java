package io.millrace.toolbox.audit.judge;

import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was found of batches, by writer; writers that are not asked for are left out. A manifest
 * tells what its headers told whether its object is stored or not.
 *
 * <p>Thread-safe while it is filled; what {@link #writers} gives is read after that.
 */
public final class Facts {
  private static final long HOUR_MS = 3_600_000;

  private final Scope scope;
  private final Map<String, WriterFacts> writers = new TreeMap<>();

  public Facts(Scope scope) {
    this.scope = scope;
  }

  /**
   * A manifest was read.
   *
   * @param hourStart of its hour, ms since the epoch, for entries that don't tell when they were
   *     opened
   * @param stored whether data of its size lies at its key
   * @param early whether it was there before the first look at the queue
   * @return entries that can't be true, which were left out
   */
  public synchronized List<Manifest.Entry> manifest(
      Manifest manifest, long hourStart, boolean stored, boolean early) {
    List<Manifest.Entry> leftOut = new ArrayList<>();
    for (Manifest.Entry entry : manifest.batches()) {
      BatchId batch = BatchId.parse(entry.batch());
      if (!scope.covers(batch.writer())) {
        continue;
      }
      if (!isPossible(batch, entry, hourStart)) {
        leftOut.add(entry);
        continue;
      }
      WriterFacts writer = writer(batch.writer());
      writer.ended(entry.ended(), early);
      writer.abandoned(entry.abandoned());
      long opened = isWithin(hourStart, entry.opened()) ? entry.opened() : hourStart;
      Sighting sighting = sighting(manifest.object(), batch.seq(), opened, entry);
      if (stored) {
        writer.stored(sighting);
      } else {
        writer.sent(sighting, early);
      }
    }
    return leftOut;
  }

  /** A batch is under way itself when its header tells what has ended. */
  private static boolean isPossible(BatchId batch, Manifest.Entry entry, long hourStart) {
    return batch.isReachedBy(Math.min(hourStart, System.currentTimeMillis()) + HOUR_MS)
        && entry.ended() <= batch.seq();
  }

  private static boolean isWithin(long hourStart, long opened) {
    return opened >= hourStart && opened < hourStart + HOUR_MS;
  }

  private static Sighting sighting(String object, long seq, long opened, Manifest.Entry entry) {
    return new Sighting(
        seq,
        opened,
        entry.payloads(),
        object,
        entry.offset(),
        entry.length(),
        Integer.parseUnsignedInt(entry.crc32c(), 16));
  }

  /**
   * An object without a manifest was read.
   *
   * @param hourStart of its hour, ms since the epoch
   * @param batches lines of each batch in it; one that can't be is left out
   */
  public synchronized void foreign(String object, long hourStart, Map<BatchId, Integer> batches) {
    long hourEnd = Math.min(hourStart, System.currentTimeMillis()) + HOUR_MS;
    batches.forEach(
        (batch, lines) -> {
          if (scope.covers(batch.writer()) && batch.isReachedBy(hourEnd)) {
            writer(batch.writer()).stored(Sighting.foreign(batch.seq(), hourStart, lines, object));
          }
        });
  }

  /** A dead letter was read before anything was listed. */
  public synchronized void earlierLetter(BatchId batch, MessageHeader header) {
    if (scope.covers(batch.writer())) {
      WriterFacts writer = writer(batch.writer());
      writer.earlierLetter(batch.seq(), header.opened());
      writer.ended(Math.min(header.ended(), batch.seq()), false);
      writer.abandoned(header.abandoned());
    }
  }

  /** A dead letter was read; nobody knows whether it was there before the first look. */
  public synchronized void letter(BatchId batch, MessageHeader header) {
    if (scope.covers(batch.writer())) {
      WriterFacts writer = writer(batch.writer());
      writer.letter(batch.seq(), header.opened());
      writer.ended(Math.min(header.ended(), batch.seq()), false);
      writer.abandoned(header.abandoned());
    }
  }

  /** A receipt names the batch. */
  public synchronized void acknowledged(BatchId batch) {
    writer(batch.writer()).acknowledged(batch.seq());
  }

  /** Where a batch is stored; a copy. */
  public synchronized List<Sighting> places(BatchId batch) {
    WriterFacts writer = writers.get(batch.writer());
    return writer == null ? List.of() : writer.places(batch.seq());
  }

  /** Whether a batch is stored anywhere. */
  public boolean isStored(BatchId batch) {
    return !places(batch).isEmpty();
  }

  /** The writers in the order of their ids, which is that of their starts. */
  public synchronized Collection<WriterFacts> writers() {
    return List.copyOf(writers.values());
  }

  private WriterFacts writer(String id) {
    return writers.computeIfAbsent(id, WriterFacts::new);
  }
}
