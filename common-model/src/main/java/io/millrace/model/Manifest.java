package io.millrace.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * What a data object holds, exactly: written before the object, never changed. JSON.
 *
 * @param v the format's version, {@value #VERSION}
 * @param object the key of the data object
 * @param codec label of the one codec in it
 * @param closed when the roll was closed, ms since the epoch
 * @param bytes length of the object
 * @param batches its batches in the order of their frames, offsets without gaps, from the end of
 *     the empty frame that an object begins with, or from 0 in an object that has none
 */
public record Manifest(
    int v, String object, String codec, long closed, long bytes, List<Entry> batches) {
  /** The version that this code writes and reads. */
  public static final int VERSION = 1;

  /**
   * Longest JSON of a manifest, 64 MiB; a longer one was not written by a worker, which splits its
   * roll before. A roll of the most batches that a worker holds has about 20 MB.
   */
  public static final int MAX_BYTES = 64 << 20;

  /** Most batches of one manifest; a worker holds fewer, and splits a roll of more. */
  public static final int MAX_BATCHES = 1 << 17;

  /** Most abandoned numbers that all batches of one manifest name. */
  public static final int MAX_ABANDONED = 1_000_000;

  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

  /** A manifest of a version that this code does not know: what it announces can't be told. */
  public static final class LaterVersionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    LaterVersionException(int v) {
      super("manifest version is " + v + ", not " + VERSION);
    }
  }

  /**
   * One batch's frame in the object.
   *
   * @param batch {@code <writer>-<seq>}
   * @param offset of the frame's first byte
   * @param length of the frame in bytes
   * @param crc32c of the frame, 8 lower-case hex digits
   * @param payloads lines in the frame; 0 for a checkpoint
   * @param opened when the batch's first payload came to the web tier, ms since the epoch
   * @param ended every lower number of this writer has ended: it is on the queue, or was named as
   *     abandoned; 0 if the message told nothing
   * @param abandoned numbers of this writer's batches whose collections were answered with an
   *     error, as the message told them; left out of the JSON if there are none
   */
  public record Entry(
      String batch,
      long offset,
      int length,
      String crc32c,
      int payloads,
      long opened,
      long ended,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> abandoned) {
    public Entry {
      abandoned = abandoned == null ? List.of() : List.copyOf(abandoned);
    }
  }

  public Manifest {
    batches = List.copyOf(batches);
  }

  /** This manifest as UTF-8 JSON, in a new array. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest of plain values always has a JSON form", e);
    }
  }

  /** Whether {@link #fromJson} takes it back, but for the length of its JSON. */
  public boolean isWithinBounds() {
    return batches.size() <= MAX_BATCHES
        && batches.stream().mapToLong(entry -> entry.abandoned().size()).sum() <= MAX_ABANDONED;
  }

  /**
   * Reads what {@link #toJson} wrote. Each call is by itself: nothing of one manifest changes how
   * another is read.
   *
   * @throws LaterVersionException if it is of a version that this code does not know
   * @throws IllegalArgumentException if it is no manifest
   */
  public static Manifest fromJson(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "not a manifest: " + json.length + " bytes, more than " + MAX_BYTES);
    }
    try {
      return ManifestReader.whole(new ByteArrayInputStream(json));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a manifest: " + e.getMessage(), e);
    }
  }
}
