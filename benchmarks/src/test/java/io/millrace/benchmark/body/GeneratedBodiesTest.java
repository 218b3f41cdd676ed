package io.millrace.benchmark.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GeneratedBodiesTest {
  private static final BodySpec SPEC = new BodySpec(20, 1400, 4, Encoding.NONE, 7);

  @Test
  void make_sameSeed_isTheSame() {
    assertThat(bytes(GeneratedBodies.make(SPEC))).isEqualTo(bytes(GeneratedBodies.make(SPEC)));
  }

  @Test
  void make_otherSeed_isOther() {
    BodySpec other = new BodySpec(20, 1400, 4, Encoding.NONE, 8);

    assertThat(bytes(GeneratedBodies.make(other))).isNotEqualTo(bytes(GeneratedBodies.make(SPEC)));
  }

  @Test
  void make_collections_allDifferAndAreAsLargeAsAskedFor() throws IOException {
    Set<String> payloads = new HashSet<>();
    for (CollectionBody body : GeneratedBodies.make(SPEC)) {
      assertThat(body.bytes()).hasSize(1400);
      JsonNode collection = new ObjectMapper().readTree(body.bytes());
      assertThat(collection.get("data")).hasSize(4).allMatch(JsonNode::isObject);
      collection.get("data").forEach(payload -> payloads.add(payload.toString()));
    }
    assertThat(payloads).hasSize(80);
  }

  @Test
  void make_largeCollections_areFewer() {
    BodySpec large = new BodySpec(2000, 1_000_000, 4, Encoding.NONE, 7);

    assertThat(large.boundedCount()).isEqualTo(67);
  }

  @Test
  void make_encoded_isTheSameInside() throws IOException {
    byte[] plain = GeneratedBodies.make(SPEC).get(3).bytes();
    byte[] gzip = GeneratedBodies.make(SPEC.encoded(Encoding.GZIP)).get(3).bytes();
    byte[] zstd = GeneratedBodies.make(SPEC.encoded(Encoding.ZSTD)).get(3).bytes();

    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes()).isEqualTo(plain);
    assertThat(Zstd.decompress(zstd, plain.length)).isEqualTo(plain);
  }

  @Test
  void make_usualCollections_compressAsTold() {
    BodySpec usual = new BodySpec(200, 1100, 4, Encoding.NONE, 7);
    double plain = totalBytes(GeneratedBodies.make(usual));

    assertThat(plain / totalBytes(GeneratedBodies.make(usual.encoded(Encoding.ZSTD))))
        .isBetween(2.05, 2.25);
  }

  private static int totalBytes(List<CollectionBody> bodies) {
    return bodies.stream().mapToInt(body -> body.bytes().length).sum();
  }

  private static List<String> bytes(List<CollectionBody> bodies) {
    return bodies.stream().map(body -> new String(body.bytes(), UTF_8)).toList();
  }
}
