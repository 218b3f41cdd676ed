package io.millrace.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

  @Test
  void fromJson_laterVersion_isToldApart() {
    for (String json :
        List.of("{\"v\":2,\"batches\":{}}", "{\"v\":2", "{\"v\":2,\"batches\":[]}", "{\"v\":2}")) {
      assertThatThrownBy(() -> Manifest.fromJson(json.getBytes(UTF_8)))
          .isInstanceOf(Manifest.LaterVersionException.class);
    }
    assertThatThrownBy(() -> Manifest.fromJson("{}".getBytes(UTF_8)))
        .isNotInstanceOf(Manifest.LaterVersionException.class);
  }

  @Test
  void fromJson_hostileOnesBetweenGoodOnes_changeNothing() {
    List<String> hostile =
        List.of(
            collidingNames(),
            "{\"v\":1,\"x\":" + "[".repeat(100_000),
            "{\"v\":1,\"bytes\":" + "9".repeat(1_000_000) + "}",
            "{\"v\":1,\"" + "n".repeat(1_000_000) + "\":1}",
            "{\"v\":1,\"object\":\"" + "\\u0000".repeat(100_000) + "\"}",
            "{\"v\":1,\"batches\":[" + "{},".repeat(200_000) + "{}]}",
            "{\"v\":1,\"batches\":[{\"batch\":\"w-1\",\"length\":-1}]}",
            "{\"v\":1,\"batches\":[{\"batch\":7}]}",
            "{\"v\":1.0}",
            "\u0000\u0000\u0000{",
            new String(MANIFEST.toJson(), UTF_8) + "x");
    for (int round = 0; round < 1000; round++) {
      byte[] bad = hostile.get(round % hostile.size()).getBytes(UTF_8);
      assertThatIllegalArgumentException().isThrownBy(() -> Manifest.fromJson(bad));
      assertThat(Manifest.fromJson(MANIFEST.toJson())).isEqualTo(MANIFEST);
    }
  }

  /** Names of 8 bytes that hash alike in Jackson's tables of names, whatever their seed. */
  private static String collidingNames() {
    Random random = new Random(5);
    int inverseOf33 = BigInteger.valueOf(33).modInverse(BigInteger.ONE.shiftLeft(32)).intValue();
    StringBuilder json = new StringBuilder("{\"v\":1");
    for (int found = 0; found < 700; ) {
      byte[] name = new byte[8];
      int first = 0;
      for (int i = 0; i < 4; i++) {
        name[i] = (byte) ('a' + random.nextInt(26));
        first = first << 8 | name[i];
      }
      int hash = first + (first >>> 15);
      hash ^= hash >>> 9;
      int second = (0x12345678 - hash) * inverseOf33;
      ByteBuffer.wrap(name).putInt(4, second);
      if (new String(name, ISO_8859_1).matches("[a-zA-Z0-9_.;:<>~-]{8}")) {
        json.append(",\"").append(new String(name, ISO_8859_1)).append("\":1");
        found++;
      }
    }
    return json.append('}').toString();
  }

  @Test
  void fromJson_manyNumbersAbandoned_areBounded() {
    String numbers = "1,".repeat(Manifest.MAX_ABANDONED) + "1";
    String json = new String(MANIFEST.toJson(), UTF_8).replaceFirst("\\[3,4]", "[" + numbers + "]");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Manifest.fromJson(json.getBytes(UTF_8)))
        .withMessageContaining("abandoned");
  }

  @Test
  void isWithinBounds_sample_isTrue() {
    assertThat(MANIFEST.isWithinBounds()).isTrue();
    List<Manifest.Entry> many = Collections.nCopies(1 << 18, MANIFEST.batches().get(0));
    assertThat(new Manifest(1, "o", "zstd", 1, 1, many).isWithinBounds()).isFalse();
  }

  @Test
  void batches_stream_namesEachAndReturnsTheLength() throws IOException {
    List<String> named = new ArrayList<>();
    long bytes =
        ManifestReader.batches(
            new ByteArrayInputStream(MANIFEST.toJson()),
            (batch, crc) -> named.add(batch + " " + crc));

    assertThat(named)
        .isEqualTo(MANIFEST.batches().stream().map(e -> e.batch() + " " + e.crc32c()).toList());
    assertThat(bytes).isEqualTo(MANIFEST.bytes());
  }
}
