package io.millrace.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipMembersTest {
  private static final int HEADER_BYTES = 10;

  private static byte[] member() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("text".getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  /** A member with every optional field in its header. */
  private static byte[] full(int flags, int crcOff) throws IOException {
    byte[] plain = member();
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(plain, 0, HEADER_BYTES);
    header.writeBytes(new byte[] {3, 0, 1, 2, 3});
    header.writeBytes("name\0comment\0".getBytes(UTF_8));
    byte[] head = header.toByteArray();
    head[3] = (byte) flags;
    CRC32 crc = new CRC32();
    crc.update(head);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.write((int) crc.getValue() + crcOff);
    all.write((int) (crc.getValue() >>> 8));
    all.write(plain, HEADER_BYTES, plain.length - HEADER_BYTES);
    return all.toByteArray();
  }

  private static String ofArray(byte[] packed) throws IOException {
    byte[] roomy = Arrays.copyOf(packed, packed.length + 7);
    try (GzipMembers in = GzipMembers.of(roomy, packed.length)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String ofStream(byte[] packed) throws IOException {
    try (GzipMembers in = GzipMembers.of(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void read_headerWithEveryField_isPassedOver() throws IOException {
    assertThat(ofArray(full(2 | 4 | 8 | 16, 0))).isEqualTo("text");
    assertThat(ofStream(full(2 | 4 | 8 | 16, 0))).isEqualTo("text");
  }

  @Test
  void read_headerThatFailsItsChecksum_isRefused() throws IOException {
    byte[] damaged = full(2 | 4 | 8 | 16, 1);
    assertThatThrownBy(() -> ofArray(damaged)).hasMessageContaining("header");
    assertThatThrownBy(() -> ofStream(damaged)).hasMessageContaining("header");
  }

  @Test
  void read_reservedFlag_isRefused() throws IOException {
    byte[] packed = member();
    for (int flag : new int[] {0x20, 0x40, 0x80}) {
      packed[3] = (byte) flag;
      assertThatThrownBy(() -> ofArray(packed)).hasMessageContaining("no gzip member");
      assertThatThrownBy(() -> ofStream(packed)).hasMessageContaining("no gzip member");
    }
  }

  @Test
  void read_nothingAtAll_isRefused() {
    assertThatThrownBy(() -> ofArray(new byte[0])).hasMessage("no gzip data");
    assertThatThrownBy(() -> ofStream(new byte[0])).hasMessage("no gzip data");
  }
}
