package io.millrace.toolbox.cat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.millrace.model.Codec;
import io.millrace.model.ObjectKeys;
import io.millrace.time.Backoff;
import io.millrace.time.FakeTicker;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.folder.FolderStore;
import io.millrace.toolbox.hours.HourRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatRunTest {
  private static final String H05 = "dt=2026-11-23/hour=05/";
  private static final String H06 = "dt=2026-11-23/hour=06/";
  private static final HourRange ALL = new HourRange(null, null);

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private int cat(String prefix, HourRange hours, OutputStream to)
      throws IOException, InterruptedException {
    Duration wait = Duration.ofMillis(1);
    Backoff backoff = new Backoff(wait, wait, new Random(1));
    Reads reads = new Reads(new FolderStore(folder), backoff, new FakeTicker());
    return new CatRun(new ObjectKeys(prefix), reads, new PrintWriter(err, true)).print(hours, to);
  }

  private void put(String key, byte[]... frames) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    Path file = folder.resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, all.toByteArray());
  }

  private static byte[] zstd(String lines) {
    return Zstd.compress(lines.getBytes(UTF_8));
  }

  private static byte[] gzip(String lines) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(lines.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void print_bothCodecsAndJunk_printsDataInKeyOrder() throws Exception {
    put(H06 + "1-w-1.ndjson.gz", gzip("c\n"), Codec.GZIP.emptyFrame(), gzip("d\n"));
    put(H05 + "2-w-2.ndjson.zst", zstd("b\n"), Codec.ZSTD.emptyFrame(), zstd("b2\n"));
    put(H05 + "1-w-1.ndjson.zst", zstd("a\n"));
    put(H05 + "3-w-3.ndjson.zst", Codec.ZSTD.emptyFrame());
    put(H05 + "4-w-4.ndjson.gz", Codec.GZIP.emptyFrame());
    put(H05 + "1-w-1.ndjson.zst-0b0e7c5e-0000-4000-8000-000000000000", zstd("junk\n"));
    put("_manifests/" + H05 + "1-w-1.ndjson.zst.json", zstd("junk\n"));
    put("_claims/" + H05 + "w-1/00001-x", zstd("junk\n"));
    put("other/" + H05 + "1-w-1.ndjson.zst", zstd("junk\n"));
    assertThat(cat("", ALL, out)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("a\nb\nb2\nc\nd\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void print_prefixAndRange_printsOnlyThese() throws Exception {
    put("raw/" + H05 + "1-w-1.ndjson.zst", zstd("a\n"));
    put("raw/" + H06 + "1-w-1.ndjson.zst", zstd("b\n"));
    put(H06 + "1-w-1.ndjson.zst", zstd("c\n"));
    HourRange six = new HourRange(Instant.parse("2026-11-23T06:59:00Z"), null);
    assertThat(cat("raw/", six, out)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("b\n");
  }

  @Test
  void print_damagedObject_keepsWholeLinesNamesItAndGoesOn() throws Exception {
    byte[] second = gzip("broken\n");
    put(H05 + "1-w-1.ndjson.gz", gzip("a\nhalf"), Arrays.copyOf(second, second.length - 4));
    put(H05 + "2-w-1.ndjson.zst", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    put(H05 + "3-w-1.ndjson.zst", zstd("b\n"));
    assertThat(cat("", ALL, out)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).startsWith("a\n").endsWith("\nb\n");
    assertThat(err.toString()).contains("1-w-1.ndjson.gz can't be read", "2-w-1.ndjson.zst");
  }

  @Test
  void print_linesLongerThanTheBuffer_areWhole() throws Exception {
    String lines = "x".repeat(700_000) + "\n" + "y".repeat(10) + "\nz";
    put(H05 + "1-w-1.ndjson.zst", zstd(lines));
    assertThat(cat("", ALL, out)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(lines + "\n");
  }

  @Test
  void print_nothingThere_saysSoAndExits1() throws Exception {
    assertThat(cat("", ALL, out)).isEqualTo(1);
    assertThat(err.toString()).contains("no objects found");
  }

  @Test
  void print_readerWentAway_isNoError() throws Exception {
    put(H05 + "1-w-1.ndjson.zst", zstd("a\n"));
    assertThat(cat("", ALL, failing("Broken pipe"))).isZero();
    assertThat(err.toString()).isEmpty();
    assertThatThrownBy(() -> cat("", ALL, failing("No space left on device")))
        .hasMessage("No space left on device");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
