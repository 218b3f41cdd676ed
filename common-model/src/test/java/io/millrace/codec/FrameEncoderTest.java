package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.millrace.model.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameEncoderTest {
  @ParameterizedTest
  @EnumSource
  void encode_linesOfManySizes_readBackWholeWhenConcatenated(Codec codec) throws IOException {
    Random random = new Random(3);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      for (int size : new int[] {1, 0, 100, 70_000, 300_000, 5, 0}) {
        byte[] batch = compressible(size, random);
        lines.write(batch);
        Frame frame = encoder.encode(batch, size);
        object.write(frame.bytes(), 0, frame.length());
      }
    }

    assertThat(read(codec, object.toByteArray())).isEqualTo(lines.toByteArray());
  }

  @ParameterizedTest
  @EnumSource
  void encode_repetitiveLines_areSmaller(Codec codec) {
    byte[] lines = "{\"event\":\"process-start\",\"pid\":4312}\n".repeat(100).getBytes(UTF_8);
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      assertThat(encoder.encode(lines, lines.length).length()).isLessThan(lines.length / 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void encode_partOfAnArray_leavesTheRestOut(Codec codec) throws IOException {
    byte[] lines = "one\ntwo\n".getBytes(UTF_8);
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(lines, 4);

      assertThat(read(codec, Arrays.copyOf(frame.bytes(), frame.length())))
          .asString(UTF_8)
          .isEqualTo("one\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void encode_nothing_isTheEmptyFrame(Codec codec) {
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(new byte[10], 0);

      assertThat(Arrays.copyOf(frame.bytes(), frame.length())).isEqualTo(codec.emptyFrame());
    }
  }

  @Test
  void crc32c_checkValueOfTheStandard_isE3069283() {
    byte[] digits = "123456789#".getBytes(UTF_8);

    assertThat(new Frame(digits, 9).crc32c()).isEqualTo("e3069283");
    assertThat(new Frame(digits, 0).crc32c()).isEqualTo("00000000");
  }

  private static byte[] compressible(int size, Random random) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(4));
    }
    return bytes;
  }

  private static byte[] read(Codec codec, byte[] object) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(object);
    try (InputStream in =
        codec == Codec.ZSTD ? new ZstdInputStream(bytes) : new GZIPInputStream(bytes)) {
      return in.readAllBytes();
    }
  }
}
