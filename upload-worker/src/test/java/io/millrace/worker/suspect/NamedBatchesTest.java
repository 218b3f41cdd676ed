package io.millrace.worker.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hostile.HeapUse;
import io.millrace.model.WriterId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamedBatchesTest {
  private static final int WRITERS = 200;
  private static final int WORKERS = 100;

  private final Random random = new Random(1);
  private final List<String> names =
      IntStream.range(0, WRITERS).mapToObj(i -> WriterId.next(1_700_000_000_000L, random)).toList();
  private final Map<String, Integer> numbers = new HashMap<>();

  NamedBatchesTest() {
    names.forEach(name -> numbers.put(name, numbers.size()));
  }

  private NamedBatches pack(Iterable<String> batches) {
    NamedBatches.Builder builder = new NamedBatches.Builder();
    batches.forEach(builder::add);
    return builder.pack(numbers::get);
  }

  private Set<String> find(NamedBatches batches, Map<Integer, long[]> asked) {
    Set<String> found = new HashSet<>();
    batches.find(asked::get, (writer, seq) -> found.add(names.get(writer) + "-" + seq));
    return found;
  }

  @Test
  void find_anyNumbers_findsExactlyThoseNamed() {
    for (int round = 0; round < 200; round++) {
      long range = 1L << random.nextInt(1, 40);
      Set<String> named = new HashSet<>();
      Map<Integer, long[]> asked = new HashMap<>();
      Set<String> expected = new HashSet<>();
      for (int writer = 0; writer < 5; writer++) {
        long[] seqs = random.longs(50, 1, range + 1).sorted().distinct().toArray();
        for (long seq : seqs) {
          String batch = names.get(writer) + "-" + seq;
          if (random.nextBoolean()) {
            named.add(batch);
          }
          if (named.contains(batch) && writer % 2 == 0) {
            expected.add(batch);
          }
        }
        if (writer % 2 == 0) {
          asked.put(writer, seqs);
        }
      }
      assertThat(find(pack(named), asked)).isEqualTo(expected);
    }
  }

  @Test
  void add_noBatchId_isNoBatch() {
    NamedBatches packed = pack(List.of("", "x", names.get(0), names.get(0) + "-0"));
    assertThat(packed.bytes()).isZero();
    assertThat(find(NamedBatches.NONE, Map.of(0, new long[] {1}))).isEmpty();
  }

  /** 200 web processes at LINGER_MS=10 and 100 workers: a part of such an hour. */
  @Test
  void bytes_batchesScatteredOverAFleet_areTwoEach() {
    int batches = 600_000;
    List<List<String>> open = new ArrayList<>();
    IntStream.range(0, WORKERS).forEach(i -> open.add(new ArrayList<>()));
    long bytes = 0;
    int manifests = 0;
    for (int n = 0; n < batches; n++) {
      List<String> roll = open.get(random.nextInt(WORKERS));
      roll.add(names.get(n % WRITERS) + "-" + (150_000 + n / WRITERS));
      if (roll.size() == 2000) {
        bytes += pack(roll).bytes() + HourManifests.MANIFEST_BYTES;
        manifests++;
        roll.clear();
      }
    }
    double each = (double) bytes / (2000L * manifests);
    assertThat(each).isLessThan(2.3);
  }

  /** What is counted is what is held: names of manifests, tables and packed batches. */
  @Test
  void bytes_manyManifests_coverWhatIsHeld() {
    List<String> batches = new ArrayList<>();
    for (int n = 0; n < 500; n++) {
      batches.add(names.get(n % WRITERS) + "-" + (150_000 + 50L * n));
    }
    int manifests = 6_000;
    long before = HeapUse.heldBytes();
    Map<String, NamedBatches> held = new HashMap<>();
    long counted = 0;
    for (int i = 0; i < manifests; i++) {
      NamedBatches packed = pack(batches);
      held.put("1763870123456-" + names.get(0) + "-" + i + ".ndjson.zst.json", packed);
      counted += packed.bytes() + HourManifests.MANIFEST_BYTES;
    }
    long taken = HeapUse.heldBytes() - before;
    assertThat(held).hasSize(manifests);
    assertThat(taken).isLessThan(counted * 3 / 2);
  }
}
