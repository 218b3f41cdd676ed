package io.millrace.worker.suspect;

import static io.millrace.worker.SampleBatches.OPENED;
import static io.millrace.worker.SampleBatches.WRITER;
import static io.millrace.worker.SampleBatches.batch;
import static io.millrace.worker.StoreRig.KEYS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.object.ObjectStoreException;
import io.millrace.worker.StoreRig;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.suspect.Naming.NamedBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourManifestsTest {
  private static final Hour HOUR = Hour.of(OPENED);
  private static final String FIRST = WRITER + "-1";
  private static final String SECOND = WRITER + "-2";

  private final StoreRig rig = StoreRig.empty();
  private final CheckMetrics metrics = new CheckMetrics(rig.registry());
  private final ManifestCache cache = new ManifestCache(rig.calls(), KEYS, 1 << 20, metrics);
  private final HourManifests manifests = cache.of(HOUR);

  private static Map<String, List<Place>> naming(HourManifests manifests, Set<String> batches)
      throws InterruptedException {
    Map<String, List<Place>> places = new HashMap<>();
    Naming naming = manifests.naming(batches);
    assertThat(naming.unread()).isEmpty();
    naming
        .named()
        .forEach(
            (batch, all) ->
                places.put(batch, all.stream().map(n -> n.placeFor(n.crc32c())).toList()));
    return places;
  }

  private static Hour hourAfter(int hours) {
    return Hour.of(OPENED + hours * 3_600_000L);
  }

  @Test
  void naming_batchesOfSeveralRolls_tellsThePlacesOfEach() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1), batch(2));
    Announced two = Announced.roll(rig, 2, batch(2), batch(3));
    assertThat(naming(manifests, Set.of(FIRST, SECOND, WRITER + "-9")))
        .isEqualTo(Map.of(FIRST, List.of(one.place()), SECOND, List.of(one.place(), two.place())));
  }

  @Test
  void naming_again_readsOnlyWhatIsNew() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    assertThat(naming(manifests, Set.of(FIRST, SECOND))).containsOnlyKeys(FIRST);
    Announced two = Announced.roll(rig, 2, batch(1), batch(2));
    assertThat(naming(manifests, Set.of(FIRST, SECOND)))
        .isEqualTo(Map.of(FIRST, List.of(one.place(), two.place()), SECOND, List.of(two.place())));
    naming(manifests, Set.of(WRITER + "-9"));
    assertThat(rig.count("manifests.read")).as("two, and one for its checksum").isEqualTo(3);
  }

  @Test
  void naming_storeBeginsWithAnEmptyPage_readsWhatFollows() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    rig.store().beginListsWithEmptyPages(1);
    rig.store().listInPagesOf(1);
    assertThat(naming(manifests, Set.of(FIRST))).isEqualTo(Map.of(FIRST, List.of(one.place())));
  }

  @Test
  void naming_moreManifestsThanAPage_readsAllOnce() throws InterruptedException {
    HeldBatch batch = batch(1);
    for (int n = 1; n <= 1001; n++) {
      Announced.roll(rig, n, batch);
    }
    assertThat(naming(manifests, Set.of(FIRST)).get(FIRST)).hasSize(1001).doesNotHaveDuplicates();
    naming(manifests, Set.of(SECOND));
    assertThat(rig.count("manifests.read")).isEqualTo(1001);
  }

  @Test
  void naming_otherHour_isNotLookedAt() throws InterruptedException {
    Announced.roll(rig, 1, batch(1, OPENED + 3_600_000, Codec.ZSTD, List.of("{}")));
    assertThat(naming(manifests, Set.of(FIRST))).isEmpty();
    assertThat(rig.count("manifests.read")).isZero();
  }

  /** No worker writes such a thing, so it must not stand in the way of the hour's others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "notes",
        "",
        "{}",
        "{\"v\":1}",
        "[[[[[[[[[[[[[[[[[[[[[[",
        "{\"v\":1,\"object\":\"o\",\"codec\":\"zstd\",\"bytes\":9,\"batches\":[]}"
      })
  void naming_noManifest_isPassedOverAndCounted(String content) throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    rig.put(KEYS.manifests(HOUR) + "0-notes.ndjson.zst.json", content.getBytes(UTF_8));
    for (int i = 0; i < 2; i++) {
      assertThat(naming(manifests, Set.of(FIRST))).isEqualTo(Map.of(FIRST, List.of(one.place())));
    }
    assertThat(rig.count("manifests.set.aside")).isEqualTo(1);
  }

  @Test
  void naming_longerThanAnyManifest_isNotRead() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    rig.put(KEYS.manifests(HOUR) + "0-notes.ndjson.zst.json", new byte[Manifest.MAX_BYTES + 1]);
    assertThat(naming(manifests, Set.of(FIRST))).isEqualTo(Map.of(FIRST, List.of(one.place())));
    assertThat(rig.count("manifests.set.aside")).isEqualTo(1);
  }

  @Test
  void naming_laterVersion_isReadOnceAndToldEachTime() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    String later = KEYS.manifests(HOUR) + "9-later.ndjson.zst.json";
    rig.put(later, "{\"v\":2,\"batches\":{}}".getBytes(UTF_8));
    for (int i = 0; i < 2; i++) {
      Naming naming = manifests.naming(Set.of(SECOND));
      assertThat(naming.unread()).containsExactly(later);
      assertThat(naming.named()).isEmpty();
    }
    assertThat(manifests.naming(Set.of(FIRST)).of(FIRST)).hasSize(1);
    assertThat(rig.count("manifests.set.aside")).isEqualTo(1);
    assertThat(one.place().dataKey()).isEqualTo(manifests.dataOf(KEYS.manifest(one.key())));
  }

  @Test
  void naming_manifestThatMayNotBeRead_isToldAndHoldsUpNoOther() throws InterruptedException {
    Announced bad = Announced.roll(rig, 1, batch(1));
    Announced.roll(rig, 2, batch(2));
    String key = KEYS.manifest(bad.key());
    rig.store().refuseReads(key::equals, new ObjectStoreException("AccessDenied", 403, null));
    Naming naming = manifests.naming(Set.of(FIRST, SECOND));
    assertThat(naming.unread()).containsExactly(key);
    assertThat(naming.named()).containsOnlyKeys(SECOND);
    assertThat(rig.gate().isOpen()).isTrue();
    assertThat(rig.count("manifests.set.aside")).isEqualTo(1);
    assertThat(rig.count("store.refused")).isEqualTo(3);
  }

  @Test
  void naming_batch_comesWithTheChecksumOfItsFrame() throws InterruptedException {
    Announced.roll(rig, 1, batch(1), batch(2));
    for (int i = 0; i < 2; i++) {
      assertThat(manifests.naming(Set.of(SECOND)).of(SECOND))
          .extracting(NamedBatch::crc32c)
          .containsExactly(batch(2).header().crc32c());
    }
  }

  @Test
  void naming_manifestOfSeveralParts_isReadWhole() throws InterruptedException {
    HeldBatch[] many =
        LongStream.rangeClosed(1, 8000).mapToObj(n -> batch(n)).toArray(HeldBatch[]::new);
    Announced one = Announced.roll(rig, 1, many);
    assertThat(rig.store().bytes(KEYS.manifest(one.key())).length).isGreaterThan(1 << 20);
    assertThat(naming(manifests, Set.of(FIRST, WRITER + "-8000", WRITER + "-8001")))
        .isEqualTo(Map.of(FIRST, List.of(one.place()), WRITER + "-8000", List.of(one.place())));
  }

  @Test
  void naming_noRoomToKeep_readsAgainAndAnswersTheSame() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    Announced two = Announced.roll(rig, 2, batch(1), batch(2));
    ManifestCache small = new ManifestCache(rig.calls(), KEYS, 600, metrics);
    for (int i = 0; i < 2; i++) {
      assertThat(naming(small.of(HOUR), Set.of(FIRST)))
          .isEqualTo(Map.of(FIRST, List.of(one.place(), two.place())));
    }
    assertThat(rig.count("manifests.read")).isEqualTo(4); // and the kept one for its checksum
    assertThat(small.bytes()).isBetween(1L, 600L);
  }

  @Test
  void naming_otherHourNeedsTheRoom_givesTheEldestUp() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    Announced.roll(rig, 2, batch(2, OPENED + 3_600_000, Codec.ZSTD, List.of("{}")));
    ManifestCache small = new ManifestCache(rig.calls(), KEYS, 600, metrics);
    HourManifests first = small.of(HOUR);
    naming(first, Set.of(FIRST));
    assertThat(naming(small.of(hourAfter(1)), Set.of(SECOND))).containsOnlyKeys(SECOND);
    assertThat(small.bytes()).isLessThanOrEqualTo(600);
    assertThat(naming(first, Set.of(FIRST))).isEqualTo(Map.of(FIRST, List.of(one.place())));
    assertThat(small.of(HOUR)).isNotSameAs(first);
  }

  @Test
  void naming_deletedSinceItWasListed_isGone() throws InterruptedException {
    Announced.roll(rig, 1, batch(1));
    Announced.roll(rig, 2, batch(2));
    rig.store().vanishAtNextRead();
    assertThat(naming(manifests, Set.of(FIRST, SECOND))).containsOnlyKeys(SECOND);
  }

  @Test
  void naming_listedButNotThere_isNotSkipped() throws InterruptedException {
    Announced one = Announced.roll(rig, 1, batch(1));
    rig.store().hideFromReads();
    assertThat(manifests.naming(Set.of(FIRST)).unread()).containsExactly(KEYS.manifest(one.key()));
  }

  @Test
  void naming_nameThatIsNoManifests_isPassedOver() throws InterruptedException {
    rig.put(KEYS.manifests(HOUR) + "notes.json", new byte[1]);
    rig.put(KEYS.manifests(HOUR) + "1-w-1.ndjson.zst.json-upload", new byte[1]);
    assertThat(naming(manifests, Set.of(FIRST))).isEmpty();
  }

  @Test
  void naming_storeFailing_isNoAnswer() throws InterruptedException {
    Announced.roll(rig, 1, batch(1));
    rig.store().failNext(3, new ObjectStoreException("away", 500, null));
    assertThat(naming(manifests, Set.of(FIRST))).containsOnlyKeys(FIRST);
  }

  @Test
  void knownSize_dataKey_isKnownOnceRemembered() throws InterruptedException {
    String key = Announced.roll(rig, 1, batch(1)).key();
    naming(manifests, Set.of(FIRST));
    assertThat(manifests.knownSize(key)).isEmpty();
    manifests.remember(key, 9);
    assertThat(manifests.knownSize(key)).hasValue(9);
    assertThat(manifests.knownSize(Announced.roll(rig, 2, batch(2)).key())).isEmpty();
  }

  @Test
  void of_manyHours_keepsThoseUsedLast() {
    HourManifests second = cache.of(hourAfter(1));
    for (int hour = 2; hour < 25; hour++) {
      cache.of(hourAfter(hour));
    }
    assertThat(cache.of(HOUR)).isSameAs(manifests);
    cache.of(hourAfter(25));
    assertThat(cache.of(HOUR)).isSameAs(manifests);
    assertThat(cache.of(hourAfter(1))).isNotSameAs(second);
  }
}
