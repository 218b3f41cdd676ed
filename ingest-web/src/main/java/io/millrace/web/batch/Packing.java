package io.millrace.web.batch;

import io.millrace.codec.Line;
import io.millrace.codec.Line.Slice;
import io.millrace.time.Moment;
import io.millrace.web.parse.ParsedCollection;

/**
 * A collection as the packer takes it.
 *
 * @param collection its payloads
 * @param middle of all its lines, see {@code Line.middle}; not to be changed
 * @param arrival when it came
 * @param waiting who gets the answer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost the hot path
public record Packing(ParsedCollection collection, byte[] middle, Moment arrival, Waiting waiting) {
  /** Characters of the longest batch id: writer, dash, 19 digits. */
  private static final int MAX_ID_LENGTH = 26 + 1 + 19;

  /**
   * What one byte of a line takes while it is under way: the line, then its share of the frame, of
   * the base64 and of the request, at a compression of 2:1.
   */
  static final int BYTES_HELD_PER_LINE_BYTE = 3;

  /** Most bytes of the line of one payload, whatever its batch. */
  public static int lineBytes(byte[] middle, Slice payload) {
    return lineBytes(middle, payload.length());
  }

  /** Most bytes of the lines of all payloads, whatever their batches. */
  public long lineBytes() {
    return (long) collection.payloads() * lineBytes(middle, 0) + collection.payloadBytes();
  }

  /** Most bytes of the longest line; of no meaning without payloads. */
  public int longestLineBytes() {
    return lineBytes(middle, collection.longestPayload());
  }

  /** What the collection takes of the budget until its batches have ended, in bytes. */
  public long bytesHeld() {
    return BYTES_HELD_PER_LINE_BYTE * lineBytes();
  }

  private static int lineBytes(byte[] middle, int payloadBytes) {
    return Line.maxLength(MAX_ID_LENGTH, middle, payloadBytes);
  }
}
