package io.millrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.worker.settle.HeldBatch;
import java.util.Arrays;
import java.util.List;

/** Batches as the web tier would send them. */
public final class SampleBatches {
  /** A writer id. */
  public static final String WRITER = "01JDBXV5ZD0000000000000000";

  /** 2026-11-23T03:35:20.123Z. */
  public static final long OPENED = 1_795_404_920_123L;

  private SampleBatches() {}

  /** One batch of these lines. */
  public static HeldBatch batch(long seq, long opened, Codec codec, List<String> lines) {
    byte[] raw = lines.stream().map(line -> line + "\n").collect(joining()).getBytes(UTF_8);
    Frame frame;
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame encoded = encoder.encode(raw, raw.length);
      frame = new Frame(Arrays.copyOf(encoded.bytes(), encoded.length()), encoded.length());
    }
    MessageHeader header =
        new MessageHeader(
            MessageCodec.VERSION,
            WRITER + "-" + seq,
            opened,
            lines.size(),
            raw.length,
            frame.crc32c(),
            codec.label(),
            false,
            0,
            List.of());
    return new HeldBatch(header, frame, "handle-" + seq, Claim.NONE, null);
  }

  /** A line as the web tier writes it, without its line feed. */
  public static String line(long seq, int number, String token, String payload) {
    String middle =
        "\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1.4\",\"token\":";
    String literal = "\"" + token.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return "{\"id\":\"%s-%d-%d%s%s,\"payload\":%s}"
        .formatted(WRITER, seq, number, middle, literal, payload);
  }

  /** A batch of one line, in zstd. */
  public static HeldBatch batch(long seq) {
    return batch(seq, OPENED, Codec.ZSTD, List.of("{\"id\":\"" + WRITER + "-" + seq + "-0\"}"));
  }

  /** A batch whose frame has this length and no sense. */
  public static HeldBatch sized(long seq, int length) {
    Frame frame = new Frame(new byte[length], length);
    return new HeldBatch(batch(seq).header(), frame, "handle-" + seq, Claim.NONE, null);
  }

  /** Its message body. */
  public static String body(HeldBatch batch) {
    return MessageCodec.encode(batch.header(), batch.frame());
  }
}
