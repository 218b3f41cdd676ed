package io.millrace.worker.roll;

import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.object.Content;
import io.millrace.worker.settle.HeldBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A roll that takes no more batches: the uploaders' job. Its bytes and the order of its batches
 * never change, so that every try writes the same object.
 *
 * @param key hour and codec
 * @param batches in the order of their frames; not empty
 * @param cause why it was closed
 * @param closedMs when, ms since the epoch; part of the object's name
 */
public record ClosedRoll(RollKey key, List<HeldBatch> batches, CloseCause cause, long closedMs) {
  /**
   * What all batches of a roll have in common.
   *
   * @param hour of the batches' {@code opened}
   * @param codec of their frames
   */
  public record RollKey(Hour hour, Codec codec) {
    /** The key of the roll that a batch belongs to. */
    static RollKey of(HeldBatch batch) {
      return new RollKey(batch.hour(), Codec.ofLabel(batch.header().codec()));
    }
  }

  /** Why a roll was closed; a tag of the metric that counts them. */
  public enum CloseCause {
    /** Another batch would have passed ROLL_MAX_BYTES. */
    SIZE,
    /** It was open for ROLL_MAX_AGE_MS. */
    AGE,
    /** Open rolls together passed their limit, and it was the fullest. */
    OPEN_LIMIT,
    /** The process, or the whole fleet, held nearly as many messages as SQS gives out at once. */
    IN_FLIGHT,
    /** The worker stops. */
    STOP
  }

  public ClosedRoll {
    batches = List.copyOf(batches);
  }

  /**
   * The object's bytes: an empty frame, then the frames as they came, not copied. The empty frame
   * is for readers that stop after the first frame without an error: they give no line at all,
   * which is noticed, instead of the first few. It also makes every roll longer than a tombstone,
   * so that size alone tells the two apart.
   */
  public Content content() {
    List<byte[]> frames = new ArrayList<>(batches.size() + 1);
    frames.add(key.codec().emptyFrame());
    batches.forEach(batch -> frames.add(batch.frame().bytes()));
    return Content.of(frames);
  }

  /** The exact account of the object that is to lie at {@code dataKey}. */
  public Manifest manifest(String dataKey) {
    List<Manifest.Entry> entries = new ArrayList<>(batches.size());
    long offset = key.codec().emptyFrame().length;
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
    String codec = key.codec().label();
    return new Manifest(Manifest.VERSION, dataKey, codec, closedMs, offset, entries);
  }

  /** The deliveries to delete once it is stored, one a batch. */
  public List<String> receiptHandles() {
    return batches.stream().map(HeldBatch::receiptHandle).toList();
  }

  /** The same roll without some of its batches. */
  public ClosedRoll without(Set<Integer> positions) {
    List<HeldBatch> left = new ArrayList<>(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      if (!positions.contains(i)) {
        left.add(batches.get(i));
      }
    }
    return new ClosedRoll(key, left, cause, closedMs);
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
