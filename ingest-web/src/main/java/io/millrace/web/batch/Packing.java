package io.millrace.web.batch;

import io.millrace.codec.Line;
import io.millrace.codec.Line.Slice;
import io.millrace.pace.Moment;
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
    return Line.maxLength(MAX_ID_LENGTH, middle, payload.length());
  }

  /** What the collection takes of the budget until its batches have ended, in bytes. */
  public long bytesHeld() {
    long lines = 0;
    for (int i = 0; i < collection.payloads(); i++) {
      lines += lineBytes(middle, collection.payload(i));
    }
    return BYTES_HELD_PER_LINE_BYTE * lines;
  }
}
