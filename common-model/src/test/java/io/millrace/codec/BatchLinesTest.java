package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.Codec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchLinesTest {
  private static final String BATCH = "01JDBXV5ZD0000000000000000-7";

  private static String line(int number) {
    return "{\"id\":\"%s-%d\",\"received_at\":\"2026-11-23T03:35:20.123Z\",\"version\":\"1\",\"token\":\"t\",\"payload\":{\"n\":%d}}\n"
        .formatted(BATCH, number, number);
  }

  private static Frame frame(Codec codec, String lines) {
    byte[] bytes = lines.getBytes(UTF_8);
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(bytes, bytes.length);
      return new Frame(Arrays.copyOf(frame.bytes(), frame.length()), frame.length());
    }
  }

  private static MessageHeader header(Codec codec, int payloads, int bytes) {
    return new MessageHeader(
        1, BATCH, 0, payloads, bytes, "00000000", codec.label(), false, 0, List.of());
  }

  private static List<LineParts> read(Codec codec, String lines, int payloads)
      throws UndecodableException {
    int bytes = lines.getBytes(UTF_8).length;
    return BatchLines.read(header(codec, payloads, bytes), frame(codec, lines));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void read_wholeBatch_givesItsLinesInOrder(Codec codec) throws Exception {
    List<LineParts> parts = read(codec, line(0) + line(1) + line(2), 3);

    assertThat(parts)
        .extracting(LineParts::id)
        .containsExactly(BATCH + "-0", BATCH + "-1", BATCH + "-2");
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void read_checkpoint_hasNoLines(Codec codec) throws Exception {
    assertThat(read(codec, "", 0)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void read_anotherNumberOfBytesThanTheHeaderSays_isRefused(Codec codec) {
    int bytes = line(0).length();
    Frame frame = frame(codec, line(0));

    assertThatThrownBy(() -> BatchLines.read(header(codec, 1, bytes + 1), frame))
        .isInstanceOf(UndecodableException.class)
        .hasMessage("frame holds %d bytes, the header says %d", bytes, bytes + 1);
    assertThatThrownBy(() -> BatchLines.read(header(codec, 1, bytes - 1), frame))
        .isInstanceOf(UndecodableException.class)
        .hasMessageMatching("frame (holds more bytes, .*|does not decompress: .* too small)");
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void read_damagedFrame_isRefused(Codec codec) {
    Frame whole = frame(codec, line(0));
    Frame cut = new Frame(Arrays.copyOf(whole.bytes(), whole.length() - 4), whole.length() - 4);

    assertThatThrownBy(() -> BatchLines.read(header(codec, 1, line(0).length()), cut))
        .isInstanceOf(UndecodableException.class)
        .hasMessageStartingWith("frame does not decompress: ");
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void read_linesThatAreNotAsTheHeaderSays_areRefused(Codec codec) {
    assertRefused(codec, line(0), 2, "frame holds 1 lines, the header says 2");
    assertRefused(codec, line(0) + line(1), 1, "frame holds 2 lines, the header says 1");
    assertRefused(codec, line(0) + line(2), 2, "line 1 has another id");
    assertRefused(codec, line(0).replace("-7-", "-8-"), 1, "line 0 has another id");
    assertRefused(codec, line(0) + "\n", 2, "line 1 has no id in its place");
    assertRefused(codec, line(0) + line(1).trim(), 2, "line 1 has no line feed");
  }

  private static void assertRefused(Codec codec, String lines, int payloads, String reason) {
    assertThatThrownBy(() -> read(codec, lines, payloads))
        .isInstanceOf(UndecodableException.class)
        .hasMessage(reason);
  }
}
