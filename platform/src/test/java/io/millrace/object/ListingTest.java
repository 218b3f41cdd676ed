package io.millrace.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final FakeObjectStore store = new FakeObjectStore();

  private void put(String... keys) {
    for (String key : keys) {
      store.putIfAbsent(key, Content.of(new byte[1]), "text/plain", Duration.ofSeconds(1));
    }
  }

  private List<String> keys(String prefix, String after) throws InterruptedException {
    Listing listing = new Listing(store::list, prefix, after);
    List<String> found = new ArrayList<>();
    for (ObjectInfo info = listing.next(); info != null; info = listing.next()) {
      found.add(info.key());
    }
    return found;
  }

  @Test
  void next_manyPages_givesEachKeyOnce() throws InterruptedException {
    put("p/a", "p/b", "p/c", "p/d", "q/a");
    for (int pageSize = 1; pageSize < 6; pageSize++) {
      store.listInPagesOf(pageSize);
      assertThat(keys("p/", null)).containsExactly("p/a", "p/b", "p/c", "p/d");
      assertThat(keys("p/", "p/b")).containsExactly("p/c", "p/d");
    }
  }

  @Test
  void next_emptyPagesFirst_areNoEnd() throws InterruptedException {
    put("p/a", "p/b");
    store.beginListsWithEmptyPages(3);
    assertThat(keys("p/", null)).containsExactly("p/a", "p/b");
    store.beginListsWithEmptyPages(2000);
    assertThatThrownBy(() -> keys("p/", null)).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void next_startAfterInclusive_ends() throws InterruptedException {
    put("p/a", "p/b");
    store.listInPagesOf(1);
    store.listWhatStartAfterNames();
    assertThat(keys("p/", "p/a")).containsExactly("p/b");
    assertThat(keys("p/", "p/b")).isEmpty();
  }

  @Test
  void next_pageFailed_goesOnWhereItWas() throws InterruptedException {
    put("p/a", "p/b");
    store.listInPagesOf(1);
    Listing listing = new Listing(store::list, "p/", null);
    assertThat(listing.next().key()).isEqualTo("p/a");
    store.failNext(1, new ObjectStoreException("away"));
    assertThatThrownBy(listing::next).hasMessage("away");
    assertThat(listing.next().key()).isEqualTo("p/b");
    assertThat(listing.next()).isNull();
  }
}
