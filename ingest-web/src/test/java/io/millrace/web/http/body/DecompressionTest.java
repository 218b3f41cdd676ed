package io.millrace.web.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import io.millrace.run.ByteBudget;
import io.millrace.web.http.answer.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@SuppressWarnings("resource") // the budget is looked at before and after the reservation ends
class DecompressionTest {
  private static final int MAX_BYTES = 100_000;

  private final ByteBudget budget = new ByteBudget(10L * MAX_BYTES);
  private final Reservation reservation = new Reservation(budget);

  @AfterEach
  void everythingComesBack() {
    reservation.close();
    assertThat(budget.reserved()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_sizesUpToTheLimit_isWhatWasPacked(Headers.Encoding encoding) throws Exception {
    for (int size : new int[] {0, 1, 4095, 4096, 4097, 50_000, MAX_BYTES}) {
      byte[] bytes = compressible(size);

      assertThat(unpacked(encoding, packed(encoding, bytes))).isEqualTo(bytes);
      reservation.close();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_severalFramesOrMembers_isAllOfThem(Headers.Encoding encoding) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (String part : new String[] {"one ", "", "two ", "three"}) {
      packed.write(packed(encoding, part.getBytes(UTF_8)));
    }

    assertThat(unpacked(encoding, packed.toByteArray())).asString(UTF_8).isEqualTo("one two three");
  }

  @Test
  void unpack_gzipHeaderWithEveryField_isPassedOver() throws Exception {
    byte[] plain = packed(Headers.Encoding.GZIP, "text".getBytes(UTF_8));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3});
    packed.writeBytes("\3\0abcname\0comment\0".getBytes(UTF_8));
    CRC32 crc = new CRC32();
    crc.update(packed.toByteArray());
    packed.write((int) crc.getValue());
    packed.write((int) crc.getValue() >> 8);
    packed.write(plain, 10, plain.length - 10);

    assertThat(unpacked(Headers.Encoding.GZIP, packed.toByteArray()))
        .asString(UTF_8)
        .isEqualTo("text");
  }

  @Test
  void unpack_anyByteOfGzipTrailerChanged_isRefused() throws Exception {
    byte[] packed = packed(Headers.Encoding.GZIP, "text".getBytes(UTF_8));
    for (int i = packed.length - 8; i < packed.length; i++) {
      byte[] changed = packed.clone();
      changed[i]++;

      assertThat(refusal(Headers.Encoding.GZIP, changed)).isEqualTo("body-not-decompressible");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_cutOffAnywhere_isRefused(Headers.Encoding encoding) throws Exception {
    byte[] packed = packed(encoding, compressible(3000));
    for (int length = 1; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);

      assertThat(refusal(encoding, cut)).as("at %d", length).isEqualTo("body-not-decompressible");
      reservation.close();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_garbage_isRefused(Headers.Encoding encoding) {
    byte[] garbage = new byte[500];
    new Random(9).nextBytes(garbage);

    assertThat(refusal(encoding, garbage)).isEqualTo("body-not-decompressible");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_garbageBehindTheEnd_isRefused(Headers.Encoding encoding) throws Exception {
    byte[] packed = packed(encoding, compressible(3000));
    for (int more : new int[] {1, 7, 9, 20, 600, 5000}) {
      byte[] longer = Arrays.copyOf(packed, packed.length + more);
      Arrays.fill(longer, packed.length, longer.length, (byte) 'x');

      assertThat(refusal(encoding, longer)).as("%d", more).isEqualTo("body-not-decompressible");
      reservation.close();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_oneByteOverTheLimit_isTooLarge(Headers.Encoding encoding) throws Exception {
    byte[] packed = packed(encoding, compressible(MAX_BYTES + 1));

    assertThat(refusal(encoding, packed)).isEqualTo("body-too-large");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_bomb_isCutOffAtTheLimit(Headers.Encoding encoding) throws Exception {
    byte[] bomb = packed(encoding, new byte[20_000_000]);

    assertThat(refusal(encoding, bomb)).isEqualTo("body-too-large");
    assertThat(budget.reserved()).isBetween((long) MAX_BYTES, 3L * MAX_BYTES);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
  void unpack_noRoomInTheBudget_isOverloaded(Headers.Encoding encoding) throws Exception {
    byte[] packed = packed(encoding, compressible(50_000));
    budget.tryReserve(budget.limit() - 20_000);

    assertThat(refusal(encoding, packed)).isEqualTo("overloaded");
    reservation.close();
    budget.release(budget.limit() - 20_000);
  }

  private byte[] unpacked(Headers.Encoding encoding, byte[] packed) throws ProblemException {
    Body in = new Body(packed, packed.length);
    Body out = Decompression.unpack(in, encoding, MAX_BYTES, reservation);
    return Arrays.copyOf(out.bytes(), out.length());
  }

  private String refusal(Headers.Encoding encoding, byte[] packed) {
    return catchThrowableOfType(ProblemException.class, () -> unpacked(encoding, packed))
        .type()
        .slug();
  }

  private static byte[] compressible(int size) {
    Random random = new Random(size);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(6));
    }
    return bytes;
  }

  private static byte[] packed(Headers.Encoding encoding, byte[] bytes) throws IOException {
    if (encoding == Headers.Encoding.ZSTD) {
      return Zstd.compress(bytes);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
