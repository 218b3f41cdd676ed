package io.millrace.benchmark.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {
  private static final String LINES = "{\"a\":1}\n\n{\"b\":\"ä\"}\n{\"c\":3}\n";
  private static final BodySpec PAIRS = new BodySpec(10, 100, 2, Encoding.NONE, 0);

  @TempDir Path folder;

  @Test
  void read_plainAndPacked_isCutIntoCollections() throws IOException {
    byte[] bytes = LINES.getBytes(UTF_8);
    Path plain = Files.write(folder.resolve("plain"), bytes);
    Path gzip = Files.write(folder.resolve("gzip"), Encoding.GZIP.encode(bytes));
    Path zstd = Files.write(folder.resolve("zstd"), Encoding.ZSTD.encode(bytes));

    for (Path file : List.of(plain, gzip, zstd)) {
      assertThat(EventFiles.read(List.of(file), PAIRS))
          .extracting(body -> new String(body.bytes(), UTF_8))
          .containsExactly(
              "{\"version\":\"1\",\"token\":\"bench\",\"data\":[{\"a\":1},{\"b\":\"ä\"}]}",
              "{\"version\":\"1\",\"token\":\"bench\",\"data\":[{\"c\":3}]}");
    }
  }

  @Test
  void read_moreThanAskedFor_stops() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), LINES);
    BodySpec two = new BodySpec(2, 100, 1, Encoding.NONE, 0);

    assertThat(EventFiles.read(List.of(plain), two)).hasSize(2);
  }

  @Test
  void meanBytes_ofEncodedCollections_isTheirsUnpacked() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), LINES);
    BodySpec one = new BodySpec(10, 0, 1, Encoding.GZIP, 0);

    // 41 bytes around payloads of 7, 10 and 7
    assertThat(EventFiles.meanBytes(List.of(plain), one)).isEqualTo(49);
  }

  @Test
  void read_nothing_isRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");

    assertThatThrownBy(() -> EventFiles.read(List.of(empty), PAIRS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no events");
  }
}
