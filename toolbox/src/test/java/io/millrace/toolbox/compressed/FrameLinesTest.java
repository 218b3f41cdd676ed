package io.millrace.toolbox.compressed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.millrace.model.Codec;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FrameLinesTest {
  @Test
  void of_lines_areWithoutTheirEnds() throws IOException {
    byte[] frame = Zstd.compress("a\n\nlast".getBytes(UTF_8));
    assertThat(FrameLines.of(Codec.ZSTD, frame))
        .containsExactly("a".getBytes(UTF_8), new byte[0], "last".getBytes(UTF_8));
  }

  @Test
  void of_emptyFrame_hasNone() throws IOException {
    assertThat(FrameLines.of(Codec.GZIP, Codec.GZIP.emptyFrame())).isEmpty();
  }

  @Test
  void of_moreThanAnyBatch_isRefused() {
    byte[] bomb = Zstd.compress(new byte[17 << 20]);
    assertThatThrownBy(() -> FrameLines.of(Codec.ZSTD, bomb))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("16777216 bytes");
  }
}
