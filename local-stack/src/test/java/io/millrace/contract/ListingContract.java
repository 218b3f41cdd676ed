package io.millrace.contract;

import static io.millrace.contract.ObjectStoreContract.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.PutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} does with listings. */
interface ListingContract {
  int PAGE = 1000;

  /** A bucket without objects, that no other test uses; closed by the test. */
  ObjectStore emptyStore();

  @Test
  default void list_nothingThere_isEmpty() {
    try (ObjectStore store = emptyStore()) {
      assertThat(store.list("", null)).isEmpty();
      assertThat(store.list("dt=2026-11-23/", null)).isEmpty();
    }
  }

  @Test
  default void list_objects_areTheirKeysInByteOrderWithSizes() {
    List<String> inOrder =
        List.of("A", "_a", "a-b", "a.b", "a/b", "a/c/d", "a/c0", "a0", "ab", "b=1");
    try (ObjectStore store = emptyStore()) {
      inOrder.stream().sorted((a, b) -> b.compareTo(a)).forEach(key -> put(store, key, key));

      assertThat(store.list("", null))
          .isEqualTo(inOrder.stream().map(key -> new ObjectInfo(key, key.length())).toList());
    }
  }

  @Test
  default void list_prefix_endsAnywhereInAKey() {
    try (ObjectStore store = emptyStore()) {
      List.of("dt=1/a", "dt=1/b", "dt=10/a", "dt=2/a", "d").forEach(key -> put(store, key, "x"));

      assertThat(keys(store, "dt=1/", null)).containsExactly("dt=1/a", "dt=1/b");
      assertThat(keys(store, "dt=1", null)).containsExactly("dt=1/a", "dt=1/b", "dt=10/a");
      assertThat(keys(store, "dt=3/", null)).isEmpty();
    }
  }

  @Test
  default void list_after_leavesOutThatKeyAndThoseBefore() {
    try (ObjectStore store = emptyStore()) {
      List.of("p/a", "p/b", "p/c", "q/a").forEach(key -> put(store, key, "x"));

      assertThat(keys(store, "p/", "p/a")).containsExactly("p/b", "p/c");
      assertThat(keys(store, "p/", "p/aa")).containsExactly("p/b", "p/c");
      assertThat(keys(store, "p/", "p/c")).isEmpty();
      assertThat(keys(store, "p/", "a")).containsExactly("p/a", "p/b", "p/c");
    }
  }

  @Test
  default void list_moreThanAPage_givesEachKeyOnceInOrder() {
    List<String> all =
        IntStream.range(0, PAGE + 100).mapToObj(i -> String.format("p/%05d", i)).toList();
    int writers = 4;
    List<String> found = new ArrayList<>();
    try (ObjectStore store = emptyStore()) {
      Racers.call(
          writers,
          writer ->
              IntStream.range(0, all.size())
                  .filter(i -> i % writers == writer)
                  .mapToObj(i -> put(store, all.get(i), "x"))
                  .allMatch(PutResult.Stored.class::isInstance));

      List<String> page = keys(store, "p/", null);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(PAGE);
        found.addAll(page);
        page = keys(store, "p/", page.get(page.size() - 1));
      }
    }
    assertThat(found).isEqualTo(all);
  }

  private static List<String> keys(ObjectStore store, String prefix, String after) {
    return store.list(prefix, after).stream().map(ObjectInfo::key).toList();
  }
}
