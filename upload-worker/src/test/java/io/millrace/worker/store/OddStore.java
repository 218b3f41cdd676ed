package io.millrace.worker.store;

import io.millrace.object.Content;
import io.millrace.object.FakeObjectStore;
import io.millrace.object.ListCursor;
import io.millrace.object.ListPage;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.PutResult;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store that lists, and answers HEAD, in its own way. */
record OddStore(FakeObjectStore store, Lists lists, Heads heads) implements ObjectStore {
  static final Lists AS_EVER = (all, from) -> from.page(all, false, null);

  /** What it makes of LIST. */
  @FunctionalInterface
  interface Lists {
    /**
     * A page.
     *
     * @param all objects under the prefix that are behind where the page begins, in order
     */
    ListPage page(List<ObjectInfo> all, ListCursor from);
  }

  /** What it makes of HEAD. */
  @FunctionalInterface
  interface Heads {
    Optional<ObjectInfo> head(Optional<ObjectInfo> there);
  }

  static OddStore listing(FakeObjectStore store, Lists lists) {
    return new OddStore(store, lists, there -> there);
  }

  static OddStore heading(FakeObjectStore store, Heads heads) {
    return new OddStore(store, AS_EVER, heads);
  }

  @Override
  public ListPage list(ListCursor from) {
    return lists.page(store.list(ListCursor.of(from.prefix(), from.behind())).objects(), from);
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return heads.head(store.head(key));
  }

  @Override
  public PutResult putIfAbsent(String key, Content content, String contentType, Duration timeout) {
    return store.putIfAbsent(key, content, contentType, timeout);
  }

  @Override
  public InputStream get(String key) {
    return store.get(key);
  }

  @Override
  public Optional<byte[]> read(String key) {
    return store.read(key);
  }

  @Override
  public byte[] get(String key, long offset, int length) {
    return store.get(key, offset, length);
  }

  @Override
  public void checkBucket(String prefix) {
    store.checkBucket(prefix);
  }

  @Override
  public void close() {
    store.close();
  }
}
