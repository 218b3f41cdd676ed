package io.millrace.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
   * Larger ones are not read: more than twice what a worker writes, which holds 80,000 batches at
   * most, of about 200 bytes each.
   */
  public static final int MAX_BYTES = 32 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

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

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is no manifest, or one of another version
   */
  public static Manifest fromJson(byte[] json) {
    Manifest manifest;
    try {
      manifest = JSON.readValue(json, Manifest.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a manifest: " + e.getMessage(), e);
    }
    if (manifest == null) {
      throw new IllegalArgumentException("not a manifest: null");
    }
    if (manifest.v != VERSION) {
      throw new IllegalArgumentException("manifest version is " + manifest.v + ", not " + VERSION);
    }
    return manifest;
  }
}
