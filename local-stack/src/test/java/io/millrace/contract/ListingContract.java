package io.millrace.contract;

import static io.millrace.contract.ObjectStoreContract.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.object.ListCursor;
import io.millrace.object.ListPage;
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
      assertThat(store.list(ListCursor.of("", null))).isEqualTo(new ListPage(List.of(), null));
      assertThat(all(store, "dt=2026-11-23/", null)).isEmpty();
    }
  }

  @Test
  default void list_objects_areTheirKeysInByteOrderWithSizes() {
    List<String> inOrder =
        List.of("A", "_a", "a-b", "a.b", "a/b", "a/c/d", "a/c0", "a0", "ab", "b=1");
    try (ObjectStore store = emptyStore()) {
      inOrder.stream().sorted((a, b) -> b.compareTo(a)).forEach(key -> put(store, key, key));

      assertThat(all(store, "", null))
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

      ListCursor next = ListCursor.of("p/", null);
      while (next != null) {
        ListPage page = store.list(next);
        assertThat(page.objects()).hasSizeLessThanOrEqualTo(PAGE);
        page.objects().forEach(info -> found.add(info.key()));
        next = page.next();
      }
      assertThat(keys(store, "p/", all.get(PAGE - 2))).isEqualTo(all.subList(PAGE - 1, all.size()));
    }
    assertThat(found).isEqualTo(all);
  }

  private static List<String> keys(ObjectStore store, String prefix, String after) {
    return all(store, prefix, after).stream().map(ObjectInfo::key).toList();
  }

  static List<ObjectInfo> all(ObjectStore store, String prefix, String after) {
    List<ObjectInfo> all = new ArrayList<>();
    ListCursor next = ListCursor.of(prefix, after);
    while (next != null) {
      ListPage page = store.list(next);
      all.addAll(page.objects());
      next = page.next();
    }
    return all;
  }
}
