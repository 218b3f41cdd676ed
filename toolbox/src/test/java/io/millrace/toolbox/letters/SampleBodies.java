package io.millrace.toolbox.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.Codec;
import java.util.Arrays;
import java.util.List;

/** Message bodies as the web tier makes them. */
public final class SampleBodies {
  /** The writer of every batch. */
  public static final String WRITER = "01ARYZ6S41TSV4RRFFQ69G5FAV";

  private static final long OPENED = 1_795_404_920_123L;

  private SampleBodies() {}

  /** A body of the batch with this number. */
  public static String of(long seq, Codec codec, String... lines) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(text, text.length);
      return MessageCodec.encode(
          new MessageHeader(
              1,
              WRITER + "-" + seq,
              OPENED,
              lines.length,
              text.length,
              frame.crc32c(),
              codec.label(),
              false,
              seq,
              List.of()),
          frame);
    }
  }

  /** A body of one line. */
  public static String of(long seq) {
    return of(seq, Codec.ZSTD, line(seq, 0, "secret", "{}"));
  }

  /** A line as stored. */
  public static String line(long seq, int number, String token, String payload) {
    return String.format(
        "{\"id\":\"%s-%d-%d\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\","
            + "\"token\":\"%s\",\"payload\":%s}",
        WRITER, seq, number, token, payload);
  }

  /** The frame of these lines, in an array of its length. */
  public static byte[] frame(Codec codec, String... lines) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(text, text.length);
      return Arrays.copyOf(frame.bytes(), frame.length());
    }
  }
}
