package io.millrace.benchmark.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredPayloadsTest {
  @TempDir Path bucket;

  @Test
  void count_framesAndObjects_areAllRead() throws IOException {
    write("dt=1/a.ndjson.zst", line("W-1-1") + line("W-1-2"), line("W-2-1"));
    write("dt=2/b.ndjson.zst", line("W-3-1"), "");
    Files.writeString(bucket.resolve("dt=2/b.json"), "no data");

    assertThat(StoredPayloads.count(bucket)).isEqualTo(new StoredPayloads.Count(4, 0));
  }

  @Test
  void count_sameIdAgain_isTwice() throws IOException {
    write("a.ndjson.zst", line("W-1-1") + line("W-1-2"));
    write("b.ndjson.zst", line("W-1-2"));

    StoredPayloads.Count count = StoredPayloads.count(bucket);
    assertThat(count).isEqualTo(new StoredPayloads.Count(3, 1));
    assertThat(count.once()).isEqualTo(2);
  }

  @Test
  void count_lineWithoutId_isRefused() throws IOException {
    write("a.ndjson.zst", "{\"payload\":{}}\n");

    assertThatThrownBy(() -> StoredPayloads.count(bucket))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a line without id");
  }

  private static String line(String id) {
    return "{\"id\":\"" + id + "\",\"payload\":{\"x\":\"" + "y".repeat(300) + "\"}}\n";
  }

  private void write(String key, String... frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String frame : frames) {
      bytes.write(Zstd.compress(frame.getBytes(UTF_8)));
    }
    Path file = bucket.resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
  }
}
