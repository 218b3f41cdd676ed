package io.millrace.worker.process;

import io.millrace.model.Manifest;
import io.millrace.object.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * A roll that takes no more batches: the uploaders' job. Its bytes and the order of its batches
 * never change, so that every try writes the same object.
 *
 * @param partition hour and codec
 * @param batches in the order of their frames; not empty
 * @param cause why it was closed
 * @param closedMs when, ms since the epoch; part of the object's name
 */
public record ClosedRoll(
    Partition partition, List<HeldBatch> batches, CloseCause cause, long closedMs) {
  public ClosedRoll {
    batches = List.copyOf(batches);
  }

  /** The object's bytes: the frames as they came, not copied. */
  public Content content() {
    return Content.of(batches.stream().map(batch -> batch.frame().bytes()).toList());
  }

  /** The exact account of the object that is to lie at {@code dataKey}. */
  public Manifest manifest(String dataKey) {
    List<Manifest.Entry> entries = new ArrayList<>(batches.size());
    long offset = 0;
    for (HeldBatch batch : batches) {
      int length = batch.frame().length();
      entries.add(
          new Manifest.Entry(
              batch.header().batch(),
              offset,
              length,
              batch.header().crc32c(),
              batch.header().payloads(),
              batch.header().opened(),
              batch.header().ended(),
              batch.header().abandoned()));
      offset += length;
    }
    String codec = partition.codec().label();
    return new Manifest(Manifest.VERSION, dataKey, codec, closedMs, offset, entries);
  }

  /** The deliveries to delete once it is stored, one a batch. */
  public List<String> receiptHandles() {
    return batches.stream().map(HeldBatch::receiptHandle).toList();
  }

  /** When its first delivery was received, on the clock of {@link System#nanoTime}. */
  public long firstReceivedNanos() {
    long first = batches.get(0).receivedNanos();
    for (HeldBatch batch : batches) {
      first = batch.receivedNanos() - first < 0 ? batch.receivedNanos() : first;
    }
    return first;
  }

  /** Payloads in all batches. */
  public long payloads() {
    return batches.stream().mapToLong(batch -> batch.header().payloads()).sum();
  }

  /** When the first payload of all batches came to the web tier, ms since the epoch. */
  public long oldestMs() {
    return batches.stream().mapToLong(batch -> batch.header().opened()).min().orElse(closedMs);
  }

  /** Bytes that it is counted with in limits and budget. */
  public long heldBytes() {
    return batches.stream().mapToLong(HeldBatch::heldBytes).sum();
  }
}
