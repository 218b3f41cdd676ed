package io.millrace.web.parse;

import io.millrace.codec.Line.Slice;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A collection that passed all checks, as places in the body's array.
 *
 * <p>Not thread-safe; belongs to the request's thread.
 */
public final class ParsedCollection {
  private static final int FIRST_PAYLOADS = 8;

  private final byte[] body;
  private final int maxPayloads;
  private Slice version;
  private Slice token;
  private int[] bounds = new int[2 * FIRST_PAYLOADS];
  private int payloads;
  private long payloadBytes;
  private int longest;
  private int changes;

  ParsedCollection(byte[] body, int maxPayloads) {
    this.body = body;
    this.maxPayloads = maxPayloads;
    this.version = new Slice(body, 0, 0);
    this.token = version;
  }

  /** The JSON string literal of the version, with its quotes. */
  public Slice version() {
    return version;
  }

  /** The JSON string literal of the token, with its quotes. */
  public Slice token() {
    return token;
  }

  /** How many payloads there are. */
  public int payloads() {
    return payloads;
  }

  /** Bytes of all payloads together. */
  public long payloadBytes() {
    return payloadBytes;
  }

  /** Bytes of the longest payload, 0 without payloads. */
  public int longestPayload() {
    return longest;
  }

  /**
   * The bytes of a payload.
   *
   * @param index from 0 to {@link #payloads} - 1
   */
  public Slice payload(int index) {
    return new Slice(body, start(index), end(index) - start(index));
  }

  /** Line ends and unpaired surrogate escapes that were replaced, see {@code PayloadBytes}. */
  public int changes() {
    return changes;
  }

  int start(int index) {
    return bounds[2 * index];
  }

  int end(int index) {
    return bounds[2 * index + 1];
  }

  void version(Slice literal) {
    version = literal;
  }

  void token(Slice literal) {
    token = literal;
  }

  /**
   * Adds a payload.
   *
   * @param room asked for the bytes of a larger table before that is made; a smaller one it
   *     replaces stays counted
   * @throws CollectionException if there is no room
   */
  void add(int start, int end, LongPredicate room) throws CollectionException {
    if (2 * payloads == bounds.length) {
      int larger = (int) Math.min(2L * bounds.length, 2L * maxPayloads);
      CollectionParser.requireRoom(room, (long) Integer.BYTES * larger);
      bounds = Arrays.copyOf(bounds, larger);
    }
    bounds[2 * payloads] = start;
    bounds[2 * payloads + 1] = end;
    payloads++;
    payloadBytes += end - start;
    longest = Math.max(longest, end - start);
  }

  void changed(int count) {
    changes += count;
  }
}
