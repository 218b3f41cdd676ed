package io.millrace.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.Zstd;
import io.millrace.codec.Frame;
import io.millrace.hostile.CollidingNames;
import io.millrace.model.WriterId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Message bodies as only someone else would write them to the queue; all but {@link #copyOf} have
 * to become dead letters. A seed repeats them. Not thread-safe.
 */
final class ForgedMessages {
  private static final int KINDS = 12;
  private static final int MIB = 1 << 20;

  /** The size of what a bomb says that it holds: as much as a message may. */
  private static final int BOMB_BYTES = 700_000;

  private final Random random;
  private final String writer;
  private final String colliding;

  ForgedMessages(long seed) {
    random = new Random(seed);
    writer = WriterId.next(System.currentTimeMillis(), random);
    CollidingNames names = CollidingNames.with("batch", random);
    StringBuilder header = new StringBuilder("{\"v\":1");
    for (int i = 0; i < 300; i++) {
      header.append(",\"").append(names.next()).append("\":1");
    }
    colliding = header.append('}').toString();
  }

  /** One more that no worker can use. */
  String next() {
    byte[] garbage = new byte[1 + random.nextInt(2_000)];
    random.nextBytes(garbage);
    byte[] line = line(writer + "-1");
    byte[] frame = Zstd.compress(line, 1);
    return switch (random.nextInt(KINDS)) {
      case 0 -> Base64.getEncoder().encodeToString(garbage);
      case 1 -> "x".repeat(MIB - random.nextInt(1_000));
      case 2 -> colliding + "\n" + Base64.getEncoder().encodeToString(frame);
      case 3 -> "{\"v\":" + "[".repeat(random.nextInt(4_000)) + '\n' + random.nextLong();
      case 4 -> "{\"v\":1,\"opened\":" + "9".repeat(1 + random.nextInt(500_000)) + "}\n";
      case 5 -> wrongHeader(line.length, frame);
      case 6 -> message(garbage.length, garbage);
      case 7 -> message(garbage.length, joined(frame, 6, garbage));
      case 8 -> message(BOMB_BYTES, zstdBomb());
      case 9 -> gzipBomb();
      case 10 -> message(line.length, joined(frame, frame.length, frame));
      default -> message(line.length, joined(frame, frame.length - 1, new byte[0]));
    };
  }

  /** A well-formed message with the id of a batch, and with bytes that are not its own. */
  String copyOf(String batch, Instant opened) {
    byte[] line = line(batch + "-0");
    byte[] frame = Zstd.compress(line, 1);
    return header(batch, opened.toEpochMilli(), "zstd", line.length, frame, ",\"resent\":true")
        + base64(frame);
  }

  private String wrongHeader(int bytes, byte[] frame) {
    String right = header(bytes, frame);
    String wrong =
        switch (random.nextInt(8)) {
          case 0 -> right.replace("\"v\":1", "\"v\":" + (2 + random.nextInt(9)));
          case 1 -> right.replace(writer, "../../" + random.nextInt());
          case 2 -> right.replace(writer + "-1", writer + "-" + Long.MAX_VALUE);
          case 3 -> right.replaceFirst("\"opened\":\\d+", "\"opened\":" + random.nextInt(1_000));
          case 4 -> right.replaceFirst("\"opened\":\\d+", "\"opened\":253402300799999");
          case 5 -> right.replace("\"payloads\":1", "\"payloads\":2147483647");
          case 6 -> right.replace("zstd", "none");
          default -> right.replace("}", ",\"abandoned\":[" + -random.nextInt(9) + "]}");
        };
    return wrong + base64(frame);
  }

  private String message(int bytes, byte[] frame) {
    return header(bytes, frame) + base64(frame);
  }

  private String header(int bytes, byte[] frame) {
    return header(writer + "-1", System.currentTimeMillis(), "zstd", bytes, frame, "");
  }

  private static String header(
      String batch, long opened, String codec, int bytes, byte[] frame, String more) {
    return """
        {"v":1,"batch":"%s","opened":%d,"payloads":1,"bytes":%d,"crc32c":"%s","codec":"%s"%s}
        """
        .formatted(batch, opened, bytes, new Frame(frame, frame.length).crc32c(), codec, more);
  }

  private static String base64(byte[] frame) {
    return Base64.getEncoder().encodeToString(frame);
  }

  private byte[] line(String id) {
    return """
        {"id":"%s","key":"forged","received_at":"2026-11-30T00:00:00.000Z","version":"1","token":"t",\
        "payload":{"forged":%d}}
        """
        .formatted(id, random.nextLong())
        .getBytes(US_ASCII);
  }

  /** Blocks of 4 bytes that stand for 128 KiB each: RFC 8878, section 3.1.1.2. */
  private static byte[] zstdBomb() {
    ByteBuffer frame = ByteBuffer.allocate(MIB / 2).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0xfd2fb528).put((byte) 0x80).put((byte) 0x38).putInt(BOMB_BYTES);
    while (frame.remaining() >= 4) {
      int last = frame.remaining() < 8 ? 1 : 0;
      frame.putInt(last | 1 << 1 | (128 * 1024) << 3);
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  private String gzipBomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[MIB];
      for (int i = 0; i < 32; i++) {
        out.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] frame = bytes.toByteArray();
    long now = System.currentTimeMillis();
    return header(writer + "-1", now, "gzip", BOMB_BYTES, frame, "") + base64(frame);
  }

  private static byte[] joined(byte[] first, int length, byte[] second) {
    byte[] both = new byte[length + second.length];
    System.arraycopy(first, 0, both, 0, length);
    System.arraycopy(second, 0, both, length, second.length);
    return both;
  }
}
