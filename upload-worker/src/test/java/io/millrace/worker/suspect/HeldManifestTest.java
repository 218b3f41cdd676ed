package io.millrace.worker.suspect;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.StoreRig.KEYS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.HeapUse;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.model.WriterId;
import io.millrace.worker.StoreRig;
import io.millrace.worker.suspect.Naming.NamedBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held of a manifest while it is read, and afterwards, is what is counted. */
class HeldManifestTest {
  private static final double MOST_FOR_EACH_COUNTED = 1.5;
  private static final Hour HOUR = Hour.of(OPENED);
  private static final String ASKED = WRITER + "-1";

  private final StoreRig rig = StoreRig.empty();
  private final Random random = new Random(1);
  private final CheckMetrics metrics = new CheckMetrics(rig.registry());
  private final ManifestCache cache =
      new ManifestCache(rig.calls(), KEYS, 4L * HourManifests.READ_BYTES, metrics);

  /**
   * From all batches of one writer to one of each: the names take the most, if all are gathered.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 4_000, 20_000, Manifest.MAX_BATCHES - 1})
  void naming_longestManifest_holdsWhatIsCountedAndFindsTheBatch(int writers) throws Exception {
    put(writers);
    List<Long> held = new ArrayList<>();
    rig.store().beforeReads(() -> held.add(HeapUse.heldBytes()));

    Naming naming = cache.of(HOUR).naming(Set.of(ASKED));

    assertThat(naming.of(ASKED)).extracting(NamedBatch::crc32c).containsExactly("0000000a");
    assertThat(held).hasSizeGreaterThan(5);
    double most = Collections.max(held) - held.get(0) + ManifestStream.PART_BYTES; // it comes now
    assertThat(most / HourManifests.READ_BYTES).isLessThan(MOST_FOR_EACH_COUNTED);
    assertThat(cache.bytes() > 0).as("kept").isEqualTo(writers <= 4_000);
  }

  @Test
  void naming_moreWritersThanAreGathered_isReadForEachCheck() throws Exception {
    put(20_000);
    for (int i = 1; i <= 2; i++) {
      assertThat(cache.of(HOUR).naming(Set.of(ASKED)).named()).containsOnlyKeys(ASKED);
      assertThat(rig.count("manifests.read")).isEqualTo(i);
    }
  }

  private void put(int writers) {
    String key = KEYS.data(HOUR, OPENED, WRITER, 1, Codec.ZSTD);
    rig.put(KEYS.manifest(key), manifest(writers));
  }

  /** As many batches as there may be, in as few bytes as they need; one of them is asked for. */
  private byte[] manifest(int writers) {
    List<String> names =
        Stream.generate(() -> WriterId.next(1_700_000_000_000L, random)).limit(writers).toList();
    StringBuilder text = new StringBuilder("{\"v\":1,\"object\":\"o\",\"codec\":\"zstd\",");
    text.append("\"bytes\":1000,\"batches\":[{\"batch\":\"");
    text.append(ASKED).append("\",\"crc32c\":\"0000000a\"}");
    for (int i = 0; i < Manifest.MAX_BATCHES - 1; i++) {
      text.append(",{\"batch\":\"").append(names.get(i % writers)).append('-');
      text.append(900_000_000_000L + i).append("\"}");
    }
    return text.append("]}").toString().getBytes(US_ASCII);
  }
}
