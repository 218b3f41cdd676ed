package io.millrace.toolbox.compressed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CompressedInputTest {
  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] detect(byte[] packed) throws IOException {
    try (InputStream in = CompressedInput.detected(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  @Test
  void detected_plain_isLeftAsItIs() throws IOException {
    assertThat(detect("{}\n".getBytes(UTF_8))).asString().isEqualTo("{}\n");
    assertThat(detect(new byte[0])).isEmpty();
  }

  @Test
  void detected_concatenatedFramesWithEmptyOnes_areAllRead() throws IOException {
    byte[] a = "a\n".getBytes(UTF_8);
    byte[] none = new byte[0];
    assertThat(detect(join(gzip(none), gzip(a), gzip(none), gzip(a), gzip(none))))
        .asString()
        .isEqualTo("a\na\n");
    assertThat(
            detect(
                join(
                    Zstd.compress(none),
                    Zstd.compress(a),
                    Zstd.compress(none),
                    Zstd.compress(a),
                    Zstd.compress(none))))
        .asString()
        .isEqualTo("a\na\n");
  }

  @Test
  void gzip_membersAcrossBufferBorders_areRead() throws IOException {
    byte[] noise = new byte[50_000];
    new Random(7).nextBytes(noise);
    byte[] member = gzip(noise);
    byte[] packed = join(member, member, member, member, member);
    byte[] plain = detect(packed);
    assertThat(plain).hasSize(5 * noise.length);
    assertThat(Arrays.copyOfRange(plain, 4 * noise.length, plain.length)).isEqualTo(noise);
  }

  @Test
  void gzip_nameAndCommentInHeader_areSkipped() throws IOException {
    byte[] member = gzip("x".getBytes(UTF_8));
    byte[] named = join(Arrays.copyOf(member, 10), "n\0c\0".getBytes(UTF_8));
    named[3] = 8 | 16;
    assertThat(detect(join(named, Arrays.copyOfRange(member, 10, member.length))))
        .asString()
        .isEqualTo("x");
  }

  @Test
  void gzip_cutAnywhere_fails() throws IOException {
    byte[] packed = join(gzip("a\n".getBytes(UTF_8)), gzip("b\n".getBytes(UTF_8)));
    int first = packed.length / 2;
    for (int length = 2; length < packed.length; length++) {
      if (length != first) {
        byte[] cut = Arrays.copyOf(packed, length);
        assertThatThrownBy(() -> detect(cut)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void gzip_damagedOrFollowedByJunk_fails() throws IOException {
    byte[] packed = gzip("hello hello hello\n".getBytes(UTF_8));
    byte[] junk = join(packed, "junk that is no member".getBytes(UTF_8));
    assertThatThrownBy(() -> detect(junk)).isInstanceOf(IOException.class);
    packed[packed.length - 6] ^= 1;
    assertThatThrownBy(() -> detect(packed)).hasMessageContaining("checksum");
  }

  @Test
  void zstd_cut_fails() {
    byte[] packed = Zstd.compress("hello hello hello\n".getBytes(UTF_8));
    byte[] cut = Arrays.copyOf(packed, packed.length - 3);
    assertThatThrownBy(() -> detect(cut)).isInstanceOf(IOException.class);
  }
}
