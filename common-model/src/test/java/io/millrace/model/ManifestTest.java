package io.millrace.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final Manifest MANIFEST =
      new Manifest(
          1,
          "dt=2026-11-23/hour=03/5-w-1.ndjson.zst",
          "zstd",
          1_795_404_950_456L,
          5_000_000_000L,
          List.of(
              new Manifest.Entry("w-1", 0, 100, "00c0ffee", 4, 1_795_404_920_123L, 1, List.of()),
              new Manifest.Entry(
                  "w-2",
                  4_999_999_991L,
                  9,
                  "deadbeef",
                  0,
                  1_795_404_980_124L,
                  2,
                  List.of(3L, 4L))));

  @Test
  void fromJson_whatToJsonWrote_isEqual() {
    assertThat(Manifest.fromJson(MANIFEST.toJson())).isEqualTo(MANIFEST);
  }

  @Test
  void toJson_fields_haveTheDocumentedNames() {
    assertThat(new String(MANIFEST.toJson(), UTF_8))
        .startsWith("{\"v\":1,\"object\":\"dt=2026-11-23/hour=03/5-w-1.ndjson.zst\"")
        .contains(
            "{\"batch\":\"w-1\",\"offset\":0,\"length\":100,\"crc32c\":\"00c0ffee\",\"payloads\":4,\"opened\":1795404920123,\"ended\":1}");
  }

  @Test
  void fromJson_unknownField_isPassedOver() {
    String json = new String(MANIFEST.toJson(), UTF_8).replaceFirst("\\{", "{\"later\":[1],");

    assertThat(Manifest.fromJson(json.getBytes(UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void new_listChangedAfterwards_keepsItsBatches() {
    List<Manifest.Entry> batches = new ArrayList<>(MANIFEST.batches());
    Manifest manifest = new Manifest(1, "o", "zstd", 1, 1, batches);
    batches.clear();

    assertThat(manifest.batches()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"v\":2,\"batches\":[]}", "x"})
  void fromJson_noManifestOfThisVersion_throws(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> Manifest.fromJson(json.getBytes(UTF_8)));
  }
}
