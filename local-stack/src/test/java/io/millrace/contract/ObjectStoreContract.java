package io.millrace.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.object.Content;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} does with single objects, the fake as well as a server's. */
interface ObjectStoreContract {
  Duration TIMEOUT = Duration.ofSeconds(20);
  String NDJSON = "application/x-ndjson";
  String KEY = "raw/dt=2026-11-23/hour=03/1795404920123-01KAQ8_x-7.ndjson.zst";

  /** A bucket without objects, that no other test uses; closed by the test. */
  ObjectStore emptyStore();

  @Test
  default void putIfAbsent_newKey_isStored() {
    try (ObjectStore store = emptyStore()) {
      assertThat(put(store, KEY, "one")).isEqualTo(new PutResult.Stored());

      assertThat(read(store, KEY)).asString(UTF_8).isEqualTo("one");
    }
  }

  @Test
  default void putIfAbsent_keyIsThere_isAlreadyThereAndKeepsTheFirst() {
    try (ObjectStore store = emptyStore()) {
      put(store, KEY, "first");

      assertThat(put(store, KEY, "first")).isEqualTo(new PutResult.AlreadyThere());
      assertThat(put(store, KEY, "other")).isEqualTo(new PutResult.AlreadyThere());

      assertThat(read(store, KEY)).asString(UTF_8).isEqualTo("first");
    }
  }

  @Test
  default void putIfAbsent_manyParts_areStoredOneBehindTheOther() {
    Random random = new Random(1);
    byte[] all = new byte[300 * 10_000];
    random.nextBytes(all);
    List<byte[]> parts =
        IntStream.range(0, 300)
            .mapToObj(i -> Arrays.copyOfRange(all, i * 10_000, (i + 1) * 10_000))
            .toList();
    try (ObjectStore store = emptyStore()) {
      assertThat(store.putIfAbsent(KEY, Content.of(parts), NDJSON, TIMEOUT))
          .isEqualTo(new PutResult.Stored());

      assertThat(read(store, KEY)).isEqualTo(all);
      assertThat(store.head(KEY)).contains(new ObjectInfo(KEY, all.length));
    }
  }

  @Test
  default void putIfAbsent_emptyContent_isAnObjectOfNoBytes() {
    try (ObjectStore store = emptyStore()) {
      assertThat(put(store, "empty", "")).isEqualTo(new PutResult.Stored());

      assertThat(put(store, "empty", "more")).isEqualTo(new PutResult.AlreadyThere());
      assertThat(store.head("empty")).contains(new ObjectInfo("empty", 0));
      assertThat(read(store, "empty")).isEmpty();
    }
  }

  @Test
  default void putIfAbsent_manyAtOnce_oneIsStoredAndNobodyElseIs() {
    try (ObjectStore store = emptyStore()) {
      List<PutResult> results = Racers.call(32, racer -> put(store, KEY, "racer " + racer));

      int winner = results.indexOf(new PutResult.Stored());
      assertThat(results).filteredOn(PutResult.Stored.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(PutResult.Unknown.class::isInstance)
          .allSatisfy(
              unknown -> assertThat(((PutResult.Unknown) unknown).cause().status()).isEqualTo(409));
      assertThat(read(store, KEY)).asString(UTF_8).isEqualTo("racer " + winner);
    }
  }

  @Test
  default void head_nothingThere_isEmpty() {
    try (ObjectStore store = emptyStore()) {
      assertThat(store.head(KEY)).isEqualTo(Optional.empty());
    }
  }

  @Test
  default void get_nothingThere_throwsNamingTheKey() {
    try (ObjectStore store = emptyStore()) {
      assertThatThrownBy(() -> store.get(KEY))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining(KEY);
    }
  }

  @Test
  default void read_object_isAllOfIt() {
    try (ObjectStore store = emptyStore()) {
      put(store, KEY, "0123456789");

      assertThat(store.read(KEY).orElseThrow()).asString(UTF_8).isEqualTo("0123456789");
    }
  }

  @Test
  default void read_nothingThere_isEmpty() {
    try (ObjectStore store = emptyStore()) {
      assertThat(store.read(KEY)).isEmpty();
    }
  }

  @Test
  default void get_range_isExactlyThat() {
    try (ObjectStore store = emptyStore()) {
      put(store, KEY, "0123456789");

      assertThat(store.get(KEY, 0, 10)).asString(UTF_8).isEqualTo("0123456789");
      assertThat(store.get(KEY, 3, 1)).asString(UTF_8).isEqualTo("3");
      assertThat(store.get(KEY, 6, 4)).asString(UTF_8).isEqualTo("6789");
    }
  }

  @Test
  default void get_rangeThatIsNotThere_throwsNamingTheKey() {
    try (ObjectStore store = emptyStore()) {
      put(store, KEY, "0123456789");

      assertThatThrownBy(() -> store.get(KEY, 8, 3))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining(KEY);
      assertThatThrownBy(() -> store.get(KEY, 10, 1))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining(KEY);
      assertThatThrownBy(() -> store.get("nothing", 0, 1))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("nothing");
    }
  }

  @Test
  default void put_everyKindOfKeyThatMillraceUses_isReadListedAndFoundUnderIt() {
    List<String> keys =
        Stream.of(
                "_claims/dt=2026-11-23/hour=03/01KAQ8-1/0000000001-x_9",
                "_manifests/dt=2026-11-23/hour=03/1795404920123-w-1.ndjson.gz.json",
                "dt=2026-11-23/hour=03/1795404920123-w-1.ndjson.gz",
                "v1.2/tok%20en%2F/id-1")
            .sorted()
            .toList();
    try (ObjectStore store = emptyStore()) {
      keys.forEach(key -> assertThat(put(store, key, key)).isEqualTo(new PutResult.Stored()));

      assertThat(ListingContract.all(store, "", null)).extracting(ObjectInfo::key).isEqualTo(keys);
      for (String key : keys) {
        assertThat(read(store, key)).asString(UTF_8).isEqualTo(key);
        assertThat(store.head(key)).contains(new ObjectInfo(key, key.length()));
      }
    }
  }

  @Test
  default void checkBucket_bucketIsThere_returns() {
    try (ObjectStore store = emptyStore()) {
      store.checkBucket("");
    }
  }

  static PutResult put(ObjectStore store, String key, String content) {
    return store.putIfAbsent(key, Content.of(content.getBytes(UTF_8)), NDJSON, TIMEOUT);
  }

  static byte[] read(ObjectStore store, String key) {
    try (InputStream in = store.get(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + key, e);
    }
  }
}
