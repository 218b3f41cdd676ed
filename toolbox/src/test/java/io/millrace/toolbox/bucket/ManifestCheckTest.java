package io.millrace.toolbox.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestCheckTest {
  private static final String KEY = "dt=2026-11-23/hour=03/1-w-1.ndjson.zst";
  private static final String WRITER = "01M83DVAG0TSV4RRFFQ69G5FAV";
  private static final Manifest GOOD =
      with(
          KEY,
          "zstd",
          12,
          entry(WRITER + "-1", 0, 5, "0123abcd"),
          entry(WRITER + "-2", 5, 7, "0123abcd"));

  private static Manifest with(String object, String codec, long bytes, Manifest.Entry... batches) {
    return new Manifest(1, object, codec, 1, bytes, List.of(batches));
  }

  private static Manifest.Entry entry(String batch, long offset, int length, String crc) {
    return new Manifest.Entry(batch, offset, length, crc, 1, 1, 1, List.of());
  }

  @Test
  void fault_goodOnes_isNull() {
    assertThat(ManifestCheck.fault(GOOD, KEY)).isNull();
    Manifest padded = new Manifest(1, KEY, "zstd", 1, GOOD.bytes() + 9, GOOD.batches());
    assertThat(ManifestCheck.fault(padded, KEY)).isNull();
    Manifest.Entry behindEmptyFrame = entry(WRITER + "-1", 9, 5, "0123abcd");
    assertThat(ManifestCheck.fault(with(KEY, "zstd", 14, behindEmptyFrame), KEY)).isNull();
  }

  @Test
  void fault_wrongOnes_namesWhatIsWrong() {
    String batch = WRITER + "-1";
    String crc = "0123abcd";
    assertThat(ManifestCheck.fault(GOOD, KEY + "2")).contains("another object");
    assertThat(ManifestCheck.fault(with(KEY, "gzip", 0), KEY)).contains("codec");
    assertThat(ManifestCheck.fault(with(KEY, "zstd", 5, entry(batch, 1, 5, crc)), KEY))
        .contains(batch, "offset 1");
    assertThat(ManifestCheck.fault(with(KEY, "zstd", 6, entry(batch, 0, 5, crc)), KEY))
        .contains("5 bytes of 6");
    assertThat(ManifestCheck.fault(with(KEY, "zstd", 5, entry(batch, 0, 5, "xyz")), KEY))
        .contains("crc32c xyz");
    assertThat(ManifestCheck.fault(with(KEY, "zstd", 5, entry("w-0", 0, 5, crc)), KEY))
        .contains("not a batch id");
    assertThat(ManifestCheck.fault(with(KEY, "zstd", 0, entry(batch, 0, 0, crc)), KEY))
        .contains("length 0");
  }
}
