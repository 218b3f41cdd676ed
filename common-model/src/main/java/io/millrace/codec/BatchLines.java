package io.millrace.codec;

import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.Codec;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a batch, unpacked and checked against its header: for whoever can't use the frame as
 * it is.
 *
 * <p>Stateless and thread-safe.
 */
public final class BatchLines {
  private BatchLines() {}

  /**
   * Makes sure that {@link #read} will do.
   *
   * @param maxBytes of lines, whatever the header says
   * @throws UndecodableException naming the first thing that is not as the header says
   */
  public static void check(MessageHeader header, Frame frame, int maxBytes)
      throws UndecodableException {
    if (header.bytes() > maxBytes) {
      throw new UndecodableException(
          "header says " + header.bytes() + " bytes, more than the " + maxBytes + " of a message");
    }
    read(header, frame);
  }

  /**
   * Takes the whole batch apart.
   *
   * @param header as sent; its {@code bytes} are taken up while this runs, and by the result
   * @param frame whose crc32c has been checked
   * @return a part for each payload, in the order of their numbers; none for a checkpoint
   * @throws UndecodableException naming the first thing that is not as the header says
   */
  public static List<LineParts> read(MessageHeader header, Frame frame)
      throws UndecodableException {
    byte[] lines = FrameDecoder.unpack(Codec.ofLabel(header.codec()), frame, header.bytes());
    List<LineParts> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < lines.length; at++) {
      if (lines[at] == '\n') {
        parts.add(line(header, parts.size(), lines, start, at));
        start = at + 1;
      }
    }
    if (start < lines.length) {
      throw new UndecodableException("line " + parts.size() + " has no line feed");
    }
    if (parts.size() != header.payloads()) {
      throw new UndecodableException(
          "frame holds " + parts.size() + " lines, the header says " + header.payloads());
    }
    return parts;
  }

  private static LineParts line(MessageHeader header, int number, byte[] lines, int start, int end)
      throws UndecodableException {
    LineParts parts;
    try {
      parts = LineParts.parse(lines, start, end);
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("line " + number + " " + e.getMessage());
    }
    if (!parts.id().equals(header.batch() + "-" + number)) {
      throw new UndecodableException("line " + number + " has another id");
    }
    return parts;
  }
}
