package io.millrace.toolbox.audit;

import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Manifest;
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
final class Facts {
  private final Scope scope;
  private final Map<String, WriterFacts> writers = new TreeMap<>();

  Facts(Scope scope) {
    this.scope = scope;
  }

  /**
   * A manifest was read.
   *
   * @param hourStart of its hour, ms since the epoch, for entries that don't tell when they were
   *     opened
   * @param stored whether data of its size lies at its key
   * @param early whether it was there before the first look at the queue
   */
  synchronized void manifest(Manifest manifest, long hourStart, boolean stored, boolean early) {
    for (Manifest.Entry entry : manifest.batches()) {
      BatchId batch = BatchId.parse(entry.batch());
      if (scope.covers(batch.writer())) {
        WriterFacts writer = writer(batch.writer());
        writer.ended(entry.ended(), early);
        writer.abandoned(entry.abandoned());
        long opened = entry.opened() > 0 ? entry.opened() : hourStart;
        if (stored) {
          writer.stored(sighting(manifest.object(), batch.seq(), opened, entry));
        } else {
          writer.sent(batch.seq(), new WriterFacts.Sent(opened, early));
        }
      }
    }
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
   * @param batches lines of each batch in it
   */
  synchronized void foreign(String object, long hourStart, Map<BatchId, Integer> batches) {
    batches.forEach(
        (batch, lines) -> {
          if (scope.covers(batch.writer())) {
            writer(batch.writer()).stored(Sighting.foreign(batch.seq(), hourStart, lines, object));
          }
        });
  }

  /** A dead letter was read before anything was listed. */
  synchronized void earlierLetter(BatchId batch, MessageHeader header) {
    if (scope.covers(batch.writer())) {
      WriterFacts writer = writer(batch.writer());
      writer.earlierLetter(batch.seq(), header.opened());
      writer.ended(header.ended(), false);
      writer.abandoned(header.abandoned());
    }
  }

  /** A dead letter was read; nobody knows whether it was there before the first look. */
  synchronized void letter(BatchId batch, MessageHeader header) {
    if (scope.covers(batch.writer())) {
      WriterFacts writer = writer(batch.writer());
      writer.letter(batch.seq(), header.opened());
      writer.ended(header.ended(), false);
      writer.abandoned(header.abandoned());
    }
  }

  /** A receipt names the batch. */
  synchronized void acknowledged(BatchId batch) {
    writer(batch.writer()).acknowledged(batch.seq());
  }

  /** Where a batch is stored; a copy. */
  synchronized List<Sighting> places(BatchId batch) {
    WriterFacts writer = writers.get(batch.writer());
    return writer == null ? List.of() : writer.places(batch.seq());
  }

  /** Whether a batch is stored anywhere. */
  boolean isStored(BatchId batch) {
    return !places(batch).isEmpty();
  }

  /** The writers in the order of their ids, which is that of their starts. */
  synchronized Collection<WriterFacts> writers() {
    return List.copyOf(writers.values());
  }

  private WriterFacts writer(String id) {
    return writers.computeIfAbsent(id, WriterFacts::new);
  }
}
