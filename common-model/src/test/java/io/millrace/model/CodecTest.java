package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  @Test
  void emptyFrame_zstd_is9BytesOfNothing() throws IOException {
    byte[] frame = Codec.ZSTD.emptyFrame();

    assertThat(frame).hasSize(9);
    assertThat(Zstd.decompress(frame, 100)).isEmpty();
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(frame))) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void emptyFrame_gzip_is20BytesOfNothing() throws IOException {
    byte[] frame = Codec.GZIP.emptyFrame();

    assertThat(frame).hasSize(20);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(frame))) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyFrame_changedByCaller_isNewNextTime(Codec codec) {
    codec.emptyFrame()[0] = 0;

    assertThat(codec.emptyFrame()[0]).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void ofLabel_everyLabel_findsItsCodec(Codec codec) {
    assertThat(Codec.ofLabel(codec.label())).isSameAs(codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ZSTD", "gz", "zstd "})
  void ofLabel_another_throws(String label) {
    assertThatIllegalArgumentException().isThrownBy(() -> Codec.ofLabel(label));
  }
}
