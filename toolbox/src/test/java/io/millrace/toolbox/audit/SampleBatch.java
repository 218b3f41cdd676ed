package io.millrace.toolbox.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.codec.Frame;
import io.millrace.codec.FrameEncoder;
import io.millrace.codec.MessageCodec;
import io.millrace.codec.MessageHeader;
import io.millrace.model.BatchId;
import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import java.util.Arrays;
import java.util.List;

/**
 * A batch as the web tier would make it: its payloads are {@code {"n":…}}, counted from 0.
 *
 * @param lines what its frame holds
 */
public record SampleBatch(
    BatchId id, long opened, long ended, List<Long> abandoned, List<String> lines, Codec codec) {
  /** 2026-11-23T03:35:20.123Z, as the clock of the tests begins. */
  public static final long OPENED = 1_795_404_920_123L;

  public static final long HOUR = 3_600_000;

  /** Began at 03:00. */
  public static final String WRITER = "01M835H6W0AAAAAAAAAAAAAAAA";

  public static final String OTHER = "01M835H6W0BBBBBBBBBBBBBBBB";

  /** A batch with two payloads whose header tells that all lower numbers have ended. */
  public static SampleBatch of(String writer, long seq) {
    BatchId id = new BatchId(writer, seq);
    List<String> lines = List.of(line(id, 0), line(id, 1));
    return new SampleBatch(id, OPENED + seq, seq, List.of(), lines, Codec.ZSTD);
  }

  public static SampleBatch of(long seq) {
    return of(WRITER, seq);
  }

  public static String line(BatchId id, int n) {
    return "{\"id\":\"%s-%d\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\","
            .formatted(id, n)
        + "\"token\":\",\\\"payload\\\":\",\"payload\":"
        + payload(n)
        + "}";
  }

  public static String payload(int n) {
    return "{\"n\":" + n + "}";
  }

  SampleBatch checkpoint() {
    return new SampleBatch(id, opened, ended, abandoned, List.of(), codec);
  }

  SampleBatch opened(long ms) {
    return new SampleBatch(id, ms, ended, abandoned, lines, codec);
  }

  SampleBatch ended(long number) {
    return new SampleBatch(id, opened, number, abandoned, lines, codec);
  }

  SampleBatch abandoned(Long... numbers) {
    return new SampleBatch(id, opened, ended, List.of(numbers), lines, codec);
  }

  public SampleBatch lines(String... texts) {
    return new SampleBatch(id, opened, ended, abandoned, List.of(texts), codec);
  }

  public SampleBatch codec(Codec other) {
    return new SampleBatch(id, opened, ended, abandoned, lines, other);
  }

  public byte[] frame() {
    byte[] raw = raw();
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(raw, raw.length);
      return Arrays.copyOf(frame.bytes(), frame.length());
    }
  }

  private byte[] raw() {
    return lines.stream().map(line -> line + "\n").reduce("", String::concat).getBytes(UTF_8);
  }

  public Manifest.Entry entry(long offset) {
    byte[] frame = frame();
    String crc = new Frame(frame, frame.length).crc32c();
    return new Manifest.Entry(
        id.toString(), offset, frame.length, crc, lines.size(), opened, ended, abandoned);
  }

  String message() {
    byte[] frame = frame();
    Frame whole = new Frame(frame, frame.length);
    MessageHeader header =
        new MessageHeader(
            MessageCodec.VERSION,
            id.toString(),
            opened,
            lines.size(),
            raw().length,
            whole.crc32c(),
            codec.label(),
            false,
            ended,
            abandoned);
    return MessageCodec.encode(header, whole);
  }
}
