package io.millrace.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollidingNamesTest {
  @Test
  void next_manyNames_haveTheHashOfTheTargetUnderAnySeed() {
    CollidingNames names = CollidingNames.with("token", new Random(5));
    ByteQuadsCanonicalizer table = ByteQuadsCanonicalizer.createRoot();
    int hash = table.calcHash(0x746F6B65, 0xFFFFFF6E);
    Set<String> different = new HashSet<>();

    for (int i = 0; i < 500; i++) {
      String name = names.next();
      different.add(name);
      ByteBuffer quads = ByteBuffer.wrap(name.getBytes(ISO_8859_1));
      assertThat(table.calcHash(quads.getInt(), quads.getInt())).as(name).isEqualTo(hash);
    }

    assertThat(different).hasSizeGreaterThan(490);
  }
}
