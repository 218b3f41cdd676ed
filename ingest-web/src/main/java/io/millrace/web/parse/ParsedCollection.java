package io.millrace.web.parse;

import io.millrace.codec.Line.Slice;
import java.util.Arrays;

/**
 * A collection that passed all checks, as places in the body's array.
 *
 * <p>Not thread-safe; belongs to the request's thread.
 */
public final class ParsedCollection {
  private final byte[] body;
  private Slice version;
  private Slice token;
  private int[] bounds = new int[16];
  private int payloads;
  private int changes;

  ParsedCollection(byte[] body) {
    this.body = body;
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

  /**
   * The bytes of a payload.
   *
   * @param index from 0 to {@link #payloads} - 1
   */
  public Slice payload(int index) {
    int start = bounds[2 * index];
    return new Slice(body, start, bounds[2 * index + 1] - start);
  }

  /** Line ends and unpaired surrogate escapes that were replaced, see {@code PayloadBytes}. */
  public int changes() {
    return changes;
  }

  void version(Slice literal) {
    version = literal;
  }

  void token(Slice literal) {
    token = literal;
  }

  void add(int start, int end) {
    if (2 * payloads == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * payloads] = start;
    bounds[2 * payloads + 1] = end;
    payloads++;
  }

  void changed(int count) {
    changes += count;
  }
}
