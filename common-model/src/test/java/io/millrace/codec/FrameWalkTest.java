package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.millrace.codec.MessageCodec.UndecodableException;
import io.millrace.model.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWalkTest {
  private static final byte[] SKIPPABLE = {0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7};

  private static byte[] frame(Codec codec, byte[] lines) {
    try (FrameEncoder encoder = new FrameEncoder(codec)) {
      Frame frame = encoder.encode(lines, lines.length);
      return Arrays.copyOf(frame.bytes(), frame.length());
    }
  }

  private static byte[] lines(int length) {
    byte[] lines =
        "{\"id\":\"01ARYZ6S41TSV4RRFFQ69G5FAV-118-0\"}\n".repeat(length / 20 + 1).getBytes(UTF_8);
    byte[] some = Arrays.copyOf(lines, length);
    new Random(length).ints(length / 7, 0, Math.max(1, length)).forEach(i -> some[i] = (byte) i);
    return some;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static void assertRefused(Codec codec, byte[] frame, int size, String reason) {
    assertThatThrownBy(() -> FrameWalk.check(codec, frame, size))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @EnumSource
  void check_whatTheEncoderWrites_isTaken(Codec codec) {
    for (int length :
        new int[] {0, 1, 2, 100, 255, 256, 257, 65_791, 65_792, 131_072, 131_073, 783_000}) {
      byte[] lines = lines(length);
      assertThatCode(() -> FrameWalk.check(codec, frame(codec, lines), length))
          .as("%d bytes", length)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void check_otherSizeThanTheHeaderSays_isRefused(Codec codec) {
    byte[] frame = frame(codec, lines(300));
    assertThatThrownBy(() -> FrameWalk.check(codec, frame, 299))
        .isInstanceOf(UndecodableException.class);
    assertThatThrownBy(() -> FrameWalk.check(codec, frame, 301))
        .isInstanceOf(UndecodableException.class);
  }

  @ParameterizedTest
  @EnumSource
  void check_anyCutOrBytesBehind_isRefused(Codec codec) {
    byte[] frame = frame(codec, lines(3000));
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> FrameWalk.check(codec, cut, 3000))
          .as("first %d bytes", length)
          .isInstanceOf(UndecodableException.class);
    }
    for (byte[] behind :
        new byte[][] {{0}, SKIPPABLE, frame(codec, lines(10)), codec.emptyFrame()}) {
      assertThatThrownBy(() -> FrameWalk.check(codec, join(frame, behind), 3000))
          .isInstanceOf(UndecodableException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void check_garbageBehindTheFirstBytes_isRefusedOrCantBeToldByItsSizes(Codec codec) {
    Random random = new Random(7);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] frame = frame(codec, lines(300));
      int from = codec == Codec.ZSTD ? 5 : 10;
      byte[] garbage = new byte[frame.length - from];
      random.nextBytes(garbage);
      System.arraycopy(garbage, 0, frame, from, garbage.length);
      try {
        FrameWalk.check(codec, frame, 300);
        taken++;
      } catch (UndecodableException expected) {
        assertThat(expected).hasMessageStartingWith("frame");
      }
    }
    assertThat(taken).isZero();
  }

  @Test
  void check_skippableFrameAlone_isRefused() {
    assertRefused(Codec.ZSTD, SKIPPABLE, 0, "frame does not begin as zstd does");
  }

  @Test
  void check_frameWithoutContentSize_isRefused() {
    byte[] lines = lines(300);
    try (ZstdCompressCtx context = new ZstdCompressCtx().setContentSize(false)) {
      assertRefused(Codec.ZSTD, context.compress(lines), 300, "does not tell the size");
    }
  }

  @Test
  void check_frameWithChecksum_isRefused() {
    try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
      assertRefused(Codec.ZSTD, context.compress(lines(300)), 300, "a checksum");
    }
  }

  @Test
  void check_bombOfAGigabyte_isRefusedByWhatItsBlocksHold() {
    byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xa0, 0, 4, 0, 0};
    int block = 128 * 1024 * 8 + 2; // repeats one byte as often as a block may
    byte[] rle = {(byte) block, (byte) (block >> 8), (byte) (block >> 16), 'x'};
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(header);
    for (int i = 0; i < 8192; i++) {
      bomb.writeBytes(rle);
    }
    bomb.writeBytes(new byte[] {1, 0, 0});
    assertRefused(Codec.ZSTD, bomb.toByteArray(), 1024, "zstd does not write");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 3000, 200_000})
  void check_manglingAByteOfZstd_isRefusedWhereItChangesSizes(int size)
      throws UndecodableException {
    byte[] frame = frame(Codec.ZSTD, lines(size));
    Random random = new Random(size);
    for (int i = 0; i < 2_000; i++) {
      byte[] mangled = frame.clone();
      mangled[random.nextInt(mangled.length)] ^= (byte) (1 + random.nextInt(255));
      boolean taken = isTaken(mangled, size);
      if (taken) {
        assertThat(Zstd.findFrameCompressedSize(mangled)).isEqualTo(mangled.length);
      } else {
        assertThat(unpacked(mangled, size)).isNotEqualTo(size);
      }
    }
  }

  private static boolean isTaken(byte[] frame, int size) {
    try {
      FrameWalk.check(Codec.ZSTD, frame, size);
      return true;
    } catch (UndecodableException refused) {
      return false;
    }
  }

  /** A frame that only sets what zstd's readers pass over is refused as well: we write none. */
  private static long unpacked(byte[] frame, int size) {
    try {
      return Zstd.decompressByteArray(new byte[size], 0, size, frame, 0, frame.length);
    } catch (ZstdException e) {
      return -1;
    }
  }

  @Test
  void check_gzipWithNameOrExtraField_isRefused() {
    byte[] frame = frame(Codec.GZIP, lines(300));
    frame[3] = 8;
    assertRefused(Codec.GZIP, frame, 300, "frame does not begin as gzip does");
  }

  @Test
  void check_gzipWithAnotherTrailer_isRefused() {
    byte[] crc = frame(Codec.GZIP, lines(300));
    crc[crc.length - 8] ^= 1;
    assertRefused(Codec.GZIP, crc, 300, "trailer");
    byte[] told = frame(Codec.GZIP, lines(300));
    ByteBuffer.wrap(told).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(told.length - 4, 299);
    assertRefused(Codec.GZIP, told, 300, "trailer");
  }

  @Test
  void check_gzipBomb_endsWhereTheHeaderSaidItWould() {
    assertRefused(
        Codec.GZIP, frame(Codec.GZIP, new byte[64 << 20]), 300, "frame holds other bytes");
  }
}
