package io.millrace.benchmark.jmh;

import io.millrace.benchmark.body.BodySpec;
import io.millrace.benchmark.body.CollectionBody;
import io.millrace.benchmark.body.Encoding;
import io.millrace.benchmark.body.GeneratedBodies;
import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.Line;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.model.WriterId;
import io.millrace.web.parse.CollectionException;
import io.millrace.web.parse.CollectionParser;
import io.millrace.web.parse.ParsedCollection;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What the benchmarks work on: collections of 1,100 bytes with 4 payloads. Thread-safe. */
final class Samples {
  /** Different collections; more than a processor's caches hold of them and their lines. */
  static final int COLLECTIONS = 2000;

  /** Collections of a batch: what fits a message of 1 MiB, nearly. */
  static final int BATCH = 400;

  static final int PAYLOADS = 4;
  static final int MAX_PAYLOADS = 10_000;
  static final String RECEIVED_AT = "2026-11-23T03:35:20.123Z";

  private static final int BYTES = 1100;
  private static final long SEED = 20261123;
  private static final long OPENED_MS = 1_795_404_920_123L;

  private Samples() {}

  /** The bodies. */
  static List<CollectionBody> bodies() {
    return GeneratedBodies.make(new BodySpec(COLLECTIONS, BYTES, PAYLOADS, Encoding.NONE, SEED));
  }

  /** The bodies, parsed. */
  static List<ParsedCollection> collections() {
    CollectionParser parser = new CollectionParser(MAX_PAYLOADS);
    return bodies().stream()
        .map(
            body -> {
              try {
                return parser.parse(body.bytes(), body.bytes().length, more -> true);
              } catch (CollectionException e) {
                throw new IllegalStateException("the generator makes valid collections", e);
              }
            })
        .toList();
  }

  /** What the lines of a collection have in common. */
  static byte[] middle(ParsedCollection collection) {
    return Line.middle("", RECEIVED_AT, collection.version(), collection.token());
  }

  /** A writer's id. */
  static String writer() {
    return WriterId.next(OPENED_MS, new Random(SEED));
  }

  /** The lines of {@link #BATCH} collections, beginning with one of them. */
  static byte[] lines(BatchId id, List<ParsedCollection> collections, int first) {
    byte[] batch = id.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    int number = 0;
    for (int i = 0; i < BATCH; i++) {
      ParsedCollection collection = collections.get((first + i) % collections.size());
      byte[] middle = middle(collection);
      for (int p = 0; p < collection.payloads(); p++) {
        Line.Slice payload = collection.payload(p);
        byte[] line = new byte[Line.maxLength(batch.length, middle, payload.length())];
        int end = Line.write(batch, number++, middle, payload, line, 0);
        lines.write(line, 0, end);
      }
    }
    return lines.toByteArray();
  }

  /** A frame of its own array. */
  static Frame frame(byte[] lines) {
    try (FrameEncoder encoder = new FrameEncoder(Codec.ZSTD)) {
      Frame frame = encoder.encode(lines, lines.length);
      return new Frame(Arrays.copyOf(frame.bytes(), frame.length()), frame.length());
    }
  }

  /** A digest that every JVM has. */
  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JVM lacks " + algorithm, e);
    }
  }

  /** The header of a batch of {@link #BATCH} collections. */
  static MessageHeader header(BatchId id, int lineBytes, Frame frame) {
    return new MessageHeader(
        MessageCodec.VERSION,
        id.toString(),
        OPENED_MS,
        BATCH * PAYLOADS,
        lineBytes,
        frame.crc32c(),
        Codec.ZSTD.label(),
        false,
        id.seq(),
        List.of());
  }
}
