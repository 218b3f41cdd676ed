package io.millrace.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

  /** 10000-01-01T00:00:00Z in ms since the epoch: keys of objects have four digits for the year. */
  private static final long YEAR_10000_MS = 253_402_300_800_000L;

  /** RFC 8878, section 3.1.1. */
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  /** RFC 1952, section 2.3.1. */
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  /** What zstd answers if the frame doesn't tell its content's size. */
  private static final long ZSTD_SIZE_UNKNOWN = -1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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

    UndecodableException(String reason) {
      super(reason);
    }
  }

  /**
   * Uncompressed bytes that surely fit a message, even if they do not compress at all.
   *
   * @param maxMessageBytes what the queue takes, in bytes
   */
  public static int maxUncompressedBytes(int maxMessageBytes) {
    int header = HEADER_BYTES + MAX_ABANDONED * ABANDONED_NUMBER_BYTES;
    int base64 = maxMessageBytes - ATTRIBUTE_BYTES - header;
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
   * Takes a body apart and checks it: version, header fields, base64, crc32c, and that the frame is
   * one of its codec: a foreign one would make its whole object unreadable.
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
    requireFrameOf(header, bytes);
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
    return header(body.substring(0, end));
  }

  private static void requireFrameOf(MessageHeader header, byte[] frame)
      throws UndecodableException {
    if (frame.length == 0) {
      throw new UndecodableException("frame is empty");
    }
    Codec codec = Codec.ofLabel(header.codec());
    byte[] magic =
        switch (codec) {
          case ZSTD -> ZSTD_MAGIC;
          case GZIP -> GZIP_MAGIC;
        };
    if (frame.length < magic.length
        || !Arrays.equals(frame, 0, magic.length, magic, 0, magic.length)) {
      throw new UndecodableException("frame does not begin as " + codec.label() + " does");
    }
    if (codec == Codec.ZSTD) {
      requireContentSize(header, Zstd.getFrameContentSize(frame));
    }
  }

  private static void requireContentSize(MessageHeader header, long size)
      throws UndecodableException {
    if (size < ZSTD_SIZE_UNKNOWN) {
      throw new UndecodableException("frame has no valid zstd header");
    }
    if (size != ZSTD_SIZE_UNKNOWN && size != header.bytes()) {
      throw new UndecodableException(
          "frame holds " + size + " bytes, the header says " + header.bytes());
    }
  }

  private static MessageHeader header(String line) throws UndecodableException {
    MessageHeader header;
    try {
      header = JSON.readValue(line.getBytes(UTF_8), MessageHeader.class);
    } catch (java.io.IOException e) {
      throw new UndecodableException("header is not a JSON object with the fields of version 1");
    }
    if (header == null) {
      throw new UndecodableException("header is null");
    }
    if (header.v() != VERSION) {
      throw new UndecodableException("header version is " + header.v() + ", not " + VERSION);
    }
    try {
      BatchId.parse(header.batch());
      Codec.ofLabel(header.codec());
    } catch (IllegalArgumentException e) {
      throw new UndecodableException(shortened(String.valueOf(e.getMessage())));
    }
    if (header.payloads() < 0 || header.bytes() < 0 || header.opened() < 0) {
      throw new UndecodableException("payloads, bytes or opened is negative");
    }
    if (header.opened() >= YEAR_10000_MS) {
      throw new UndecodableException("opened is past the year 9999");
    }
    return header;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
