package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {
  private static final String WORKER = "01ARYZ6S41TSV4RRFFQ69G5FAV";
  private static final Hour HOUR = Hour.of(1_795_404_920_123L);

  private final ObjectKeys bare = new ObjectKeys("");
  private final ObjectKeys prefixed = new ObjectKeys("raw/a/");

  @Test
  void data_bothCodecs_endInTheirSuffix() {
    assertThat(bare.data(HOUR, 1_795_404_950_456L, WORKER, 7, Codec.ZSTD))
        .isEqualTo("dt=2026-11-23/hour=03/1795404950456-" + WORKER + "-7.ndjson.zst");
    assertThat(prefixed.data(HOUR, 1, WORKER, 8, Codec.GZIP))
        .isEqualTo("raw/a/dt=2026-11-23/hour=03/1-" + WORKER + "-8.ndjson.gz");
  }

  @Test
  void manifest_ofDataKey_liesBesideUnderItsName() {
    String data = prefixed.data(HOUR, 1, WORKER, 8, Codec.GZIP);

    assertThat(prefixed.manifest(data))
        .isEqualTo("raw/a/_manifests/dt=2026-11-23/hour=03/1-" + WORKER + "-8.ndjson.gz.json");
    assertThatIllegalArgumentException().isThrownBy(() -> prefixed.manifest("dt=x"));
  }

  @Test
  void dataOf_manifest_isWhatItWasMadeFor() {
    String data = prefixed.data(HOUR, 1, WORKER, 8, Codec.GZIP);

    assertThat(prefixed.isManifest(prefixed.manifest(data))).isTrue();
    assertThat(prefixed.dataOf(prefixed.manifest(data))).isEqualTo(data);
    assertThat(prefixed.manifest(data)).startsWith(prefixed.manifests(HOUR));
    assertThat(data).startsWith(prefixed.hour(HOUR));
    assertThat(prefixed.isManifest(data)).isFalse();
    assertThat(prefixed.isManifest(prefixed.manifests(HOUR) + "x.json")).isFalse();
    assertThat(bare.isManifest(prefixed.manifest(data))).isFalse();
  }

  @Test
  void claim_ofBatch_liesInItsHourUnderItsName() {
    Claim claim = new Claim(3, "00000000000000ff");

    assertThat(prefixed.claim(HOUR, WORKER + "-7", claim))
        .isEqualTo("raw/a/_claims/dt=2026-11-23/hour=03/" + WORKER + "-7/00000003-00000000000000ff")
        .startsWith(prefixed.claims(HOUR, WORKER + "-7"))
        .startsWith(prefixed.claims(HOUR));
  }

  @ParameterizedTest
  @CsvSource({
    "raw/a/dt=2026-11-23/hour=03/x.ndjson.zst, true",
    "raw/a/dt=2026-11-23/hour=03/x.ndjson.gz, true",
    "dt=2026-11-23/hour=03/x.ndjson.gz, false",
    "raw/a/_manifests/dt=2026-11-23/hour=03/x.ndjson.gz.json, false",
    "raw/a/dt=2026-11-23/hour=03/x.ndjson.gz-0f1e, false",
    "raw/a/dt=2026-11-23/hour=03/y/x.ndjson.gz, false",
    "raw/a/dt=2026-11-23/hour=3/x.ndjson.gz, false",
    "raw/a/b/dt=2026-11-23/hour=03/x.ndjson.gz, false"
  })
  void isData_key_isToldByItsForm(String key, boolean expected) {
    assertThat(prefixed.isData(key)).isEqualTo(expected);
  }

  @Test
  void isData_whatDataMade_isTrue() {
    assertThat(bare.isData(bare.data(HOUR, 5, WORKER, 1, Codec.ZSTD))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "raw/a"})
  void new_prefixWithoutSlash_throws(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKeys(prefix));
  }

  @Test
  void payload_longestOfAll_isNoLongerThanS3Allows() {
    FolderTemplate template = FolderTemplate.parse("{token}/{version}/{token}/" + "x".repeat(65));
    String folder = template.folder(Hour.of(0), "v".repeat(256), "t".repeat(256));
    String id = new BatchId("0".repeat(26), BatchId.MAX_SEQ) + "-" + Integer.MAX_VALUE;

    String key = new ObjectKeys("p".repeat(199) + "/").payload(folder, id);

    assertThat(key).hasSizeLessThanOrEqualTo(1024).endsWith("x/" + id);
  }
}
