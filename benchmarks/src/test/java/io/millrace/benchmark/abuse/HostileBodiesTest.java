package io.millrace.benchmark.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileBodiesTest {
  private static final int MAX_BODY_BYTES = 1 << 20;

  @Test
  void all_unpacked_areNoLargerThanTheEdgeTakes() {
    assertThat(HostileBodies.all())
        .hasSizeGreaterThan(10)
        .allSatisfy(kind -> assertThat(kind.unpackedBytes()).isBetween(1L, (long) MAX_BODY_BYTES));
  }

  @Test
  void all_names_differ() {
    List<String> names = HostileBodies.all().stream().map(HostileBodies.Kind::name).toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void heaviest_unpacked_areLargeAndNoLargerThanTheEdgeTakes() {
    assertThat(HostileBodies.heaviest())
        .allSatisfy(kind -> assertThat(kind.unpackedBytes()).isBetween(1L, (long) MAX_BODY_BYTES))
        .extracting(HostileBodies.Kind::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void collidingNames_anySeed_haveOneHash() {
    List<String> names = CollidingNames.of(1000);

    assertThat(new HashSet<>(names)).hasSize(1000);
    for (int seed : new int[] {0, 1, 0x5bd1e995}) {
      assertThat(names.stream().map(name -> hash(name, seed)).distinct()).hasSize(1);
    }
  }

  /** As Jackson 2.22's ByteQuadsCanonicalizer does for a name of two groups of four bytes. */
  private static int hash(String name, int seed) {
    byte[] bytes = name.getBytes(US_ASCII);
    int first = group(bytes, 0);
    int hash = first + (first >>> 15);
    hash ^= hash >>> 9;
    hash += group(bytes, 4) * 33;
    hash ^= seed;
    hash += hash >>> 16;
    hash ^= hash >>> 4;
    return hash + (hash << 3);
  }

  private static int group(byte[] bytes, int at) {
    int group = 0;
    for (int i = at; i < at + 4; i++) {
      group = (group << 8) | (bytes[i] & 0xff);
    }
    return group;
  }
}
