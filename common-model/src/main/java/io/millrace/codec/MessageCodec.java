package io.millrace.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The body of a message: one line of JSON header, a line feed, the frame in base64 (SQS carries
 * XML-legal Unicode only).
 *
 * <p>Stateless and thread-safe.
 */
public final class MessageCodec {
  /** The version that this code writes and reads. */
  public static final int VERSION = 1;

  /** Room for the header line without {@code abandoned}, in bytes. */
  private static final int HEADER_BYTES = 256;

  /**
   * Room for the message's attributes (trace context), in bytes; names, types and values count
   * towards the limit of SQS.
   */
  static final int ATTRIBUTE_BYTES = 256;

  /** Each abandoned number takes at most this many bytes in the header. */
  private static final int ABANDONED_NUMBER_BYTES = 20;

  /** At most this many abandoned numbers travel in one header; the rest waits for the next. */
  public static final int MAX_ABANDONED = 100;

  /** Most bytes of the header line that {@link #encode} writes. */
  static final int MAX_HEADER_BYTES = HEADER_BYTES + MAX_ABANDONED * ABANDONED_NUMBER_BYTES;

  /** SQS's largest message, 1 MiB (Amazon SQS message quotas, since August 2025). */
  private static final int SQS_MAX_MESSAGE_BYTES = 1 << 20;

  /** Most bytes of lines in a message: the web tier packs no more, however well they compress. */
  public static final int MAX_LINE_BYTES = maxUncompressedBytes(SQS_MAX_MESSAGE_BYTES);

  /** 2020-01-01T00:00:00Z in ms since the epoch: no batch is older than the format. */
  private static final long YEAR_2020_MS = 1_577_836_800_000L;

  /** 10000-01-01T00:00:00Z in ms since the epoch: keys of objects have four digits for the year. */
  private static final long YEAR_10000_MS = 253_402_300_800_000L;

  /** Writes only, so that it keeps nothing of what is read. */
  private static final ObjectMapper JSON = new JsonMapper();

  private MessageCodec() {}

  /**
   * A message taken apart.
   *
   * @param header as sent
   * @param frame checked against the header's crc32c
   */
  public record Decoded(MessageHeader header, Frame frame) {}

  /** Says why a message body can't be used; the text goes to the dead letters as the reason. */
  public static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason names what is wrong, and quotes at most a few words of the message
     */
    public UndecodableException(String reason) {
      super(reason);
    }
  }

  /**
   * Uncompressed bytes that surely fit a message, even if they do not compress at all.
   *
   * @param maxMessageBytes what the queue takes, in bytes
   */
  public static int maxUncompressedBytes(int maxMessageBytes) {
    int base64 = maxMessageBytes - ATTRIBUTE_BYTES - MAX_HEADER_BYTES;
    int frame = base64 / 4 * 3;
    // Stored blocks add 3 bytes of each 128 KiB in zstd, 5 of each 16 KiB in deflate, and the
    // frame.
    return frame - frame / 2048 - 64;
  }

  /** Writes a body; all its characters are ASCII. */
  public static String encode(MessageHeader header, Frame frame) {
    byte[] head;
    try {
      head = JSON.writeValueAsBytes(header);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a header of plain values always has a JSON form", e);
    }
    ByteBuffer raw = ByteBuffer.wrap(frame.bytes(), 0, frame.length());
    ByteBuffer base64 = Base64.getEncoder().encode(raw);
    byte[] body = new byte[head.length + 1 + base64.remaining()];
    System.arraycopy(head, 0, body, 0, head.length);
    body[head.length] = '\n';
    base64.get(body, head.length + 1, base64.remaining());
    return new String(body, ISO_8859_1);
  }

  /**
   * Takes a body apart and checks it: version, header fields and their bounds, base64, crc32c, and
   * that the frame is exactly one of its codec and size: another would make its whole object
   * unreadable. What one body does to this leaves no trace for the next.
   *
   * @throws UndecodableException naming the first thing that is wrong
   */
  public static Decoded decode(String body) throws UndecodableException {
    MessageHeader header = decodeHeader(body);
    byte[] bytes;
    try {
      String base64 = body.substring(body.indexOf('\n') + 1);
      bytes = Base64.getDecoder().decode(base64.getBytes(ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("frame is not base64");
    }
    Frame frame = new Frame(bytes, bytes.length);
    String crc = frame.crc32c();
    if (!crc.equals(header.crc32c())) {
      throw new UndecodableException(
          "crc32c of the frame is " + crc + ", the header says " + shortened(header.crc32c()));
    }
    FrameWalk.check(Codec.ofLabel(header.codec()), bytes, header.bytes());
    return new Decoded(header, frame);
  }

  /**
   * Reads and checks a body's header alone, whatever its frame is like.
   *
   * @throws UndecodableException naming the first thing that is wrong
   */
  public static MessageHeader decodeHeader(String body) throws UndecodableException {
    int end = body.indexOf('\n');
    if (end < 0) {
      throw new UndecodableException("no header line");
    }
    if (end > HeaderReader.MAX_LINE_CHARACTERS) {
      throw new UndecodableException(
          "header line has %d characters, more than %d"
              .formatted(end, HeaderReader.MAX_LINE_CHARACTERS));
    }
    MessageHeader header = HeaderReader.read(body.substring(0, end));
    requireNames(header);
    requireBounds(header);
    return header;
  }

  private static void requireNames(MessageHeader header) throws UndecodableException {
    try {
      BatchId.parse(header.batch());
      Codec.ofLabel(header.codec());
    } catch (IllegalArgumentException e) {
      throw new UndecodableException(shortened(String.valueOf(e.getMessage())));
    }
  }

  private static void requireBounds(MessageHeader header) throws UndecodableException {
    requireWithin("payloads", header.payloads(), 0, header.bytes());
    requireWithin("bytes", header.bytes(), 0, MAX_LINE_BYTES);
    requireWithin("opened", header.opened(), YEAR_2020_MS, YEAR_10000_MS - 1);
    requireWithin("ended", header.ended(), 0, BatchId.MAX_SEQ + 1);
    for (long number : header.abandoned()) {
      requireWithin("abandoned", number, 1, BatchId.MAX_SEQ);
    }
  }

  private static void requireWithin(String field, long value, long least, long most)
      throws UndecodableException {
    if (value < least || value > most) {
      throw new UndecodableException(
          "%s is %d, not within %d to %d".formatted(field, value, least, most));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
