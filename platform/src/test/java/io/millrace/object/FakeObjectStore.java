package io.millrace.object;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A bucket in memory.
 *
 * <p>Thread-safe.
 */
public final class FakeObjectStore implements ObjectStore {
  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final Map<String, String> contentTypes = new HashMap<>();
  private final Deque<PutResult> nextPuts = new ArrayDeque<>();
  private boolean storeUnknown;
  private BiPredicate<String, Content> refused = (key, content) -> false;
  private PutResult.Unknown refusal;
  private Predicate<String> refusedHeads = key -> false;
  private ObjectStoreException headRefusal;
  private Predicate<String> refusedReads = key -> false;
  private ObjectStoreException readRefusal;
  private Duration lastTimeout = Duration.ZERO;
  private boolean overwrites;
  private Runnable beforeReads = () -> {};
  private boolean vanishing;
  private boolean hidden;
  private int pageSize = 1000;
  private int emptyPages;
  private boolean startAfterInclusive;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Hook> hooks = new ArrayList<>();
  private RuntimeException failure;
  private int failures;

  private record Rule(Predicate<String> keys, PutResult.Unknown answer, boolean stored) {}

  private record Hook(Predicate<String> keys, Runnable action) {}

  /**
   * The next put answers so.
   *
   * @param stored whether an {@link PutResult.Unknown} writes the object all the same
   */
  public synchronized void answerNextPut(PutResult.Unknown result, boolean stored) {
    nextPuts.add(result);
    storeUnknown = stored;
  }

  /**
   * Every put to such a key that has no other answer is answered so from now on.
   *
   * @param stored whether the object is written all the same, unless one is there
   */
  public synchronized void answerPuts(
      Predicate<String> keys, PutResult.Unknown answer, boolean stored) {
    rules.add(new Rule(keys, answer, stored));
  }

  /** Every such put that has no other answer is answered so from now on, and writes nothing. */
  public synchronized void refuse(BiPredicate<String, Content> puts, PutResult.Unknown answer) {
    refused = puts;
    refusal = answer;
  }

  /** Ends what {@link #answerPuts} and {@link #refuse} began. */
  public synchronized void answerPutsAsEver() {
    rules.clear();
    refused = (key, content) -> false;
  }

  /** Does this once, before the next put to such a key. */
  public synchronized void beforeNextPut(Predicate<String> keys, Runnable action) {
    hooks.add(new Hook(keys, action));
  }

  /** From now on puts overwrite, as in a store that doesn't know If-None-Match. */
  public synchronized void ignoreIfNoneMatch() {
    overwrites = true;
  }

  /** Every call but put throws this from now on; null ends it. */
  public synchronized void failWith(RuntimeException failure) {
    failNext(Integer.MAX_VALUE, failure);
  }

  /** The next so many calls but puts throw this. */
  public synchronized void failNext(int calls, RuntimeException failure) {
    this.failure = failure;
    this.failures = calls;
  }

  /** What the last put was given. */
  public synchronized Duration lastTimeout() {
    return lastTimeout;
  }

  /** All keys in order. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** Whether something lies at the key. */
  public synchronized boolean has(String key) {
    return objects.containsKey(key);
  }

  /** Deletes an object, as someone else may. */
  public synchronized void remove(String key) {
    objects.remove(key);
  }

  /** The object's bytes. */
  public synchronized byte[] bytes(String key) {
    return objects.get(key).clone();
  }

  /** The object's media type. */
  public synchronized String contentType(String key) {
    return contentTypes.get(key);
  }

  @Override
  public synchronized PutResult putIfAbsent(
      String key, Content content, String contentType, Duration timeout) {
    lastTimeout = timeout;
    runHook(key);
    PutResult answer = nextPuts.poll();
    Optional<Rule> rule = rules.stream().filter(r -> r.keys.test(key)).findFirst();
    if (answer == null && rule.isPresent()) {
      if (rule.get().stored) {
        objects.putIfAbsent(key, read(content));
      }
      return rule.get().answer;
    }
    if (answer == null && refused.test(key, content)) {
      return refusal;
    }
    if (answer == null || storeUnknown) {
      if (objects.containsKey(key) && !overwrites) {
        return new PutResult.AlreadyThere();
      }
      objects.put(key, read(content));
      contentTypes.put(key, contentType);
    }
    return answer == null ? new PutResult.Stored() : answer;
  }

  /**
   * From now on HEAD of such a key is answered so, whether something lies there or not; a store
   * does that with keys where nothing lies if the caller may not list.
   */
  public synchronized void refuseHeads(Predicate<String> keys, ObjectStoreException answer) {
    refusedHeads = keys;
    headRefusal = answer;
  }

  /** From now on such objects may not be read, though they are listed. */
  public synchronized void refuseReads(Predicate<String> keys, ObjectStoreException answer) {
    refusedReads = keys;
    readRefusal = answer;
  }

  @Override
  public synchronized Optional<ObjectInfo> head(String key) {
    throwIfAsked();
    if (refusedHeads.test(key)) {
      throw headRefusal;
    }
    return Optional.ofNullable(objects.get(key)).map(b -> new ObjectInfo(key, b.length));
  }

  @Override
  public synchronized ListPage list(ListCursor from) {
    throwIfAsked();
    if (from.barren() < emptyPages && from.last() == null) {
      return from.page(List.of(), true, "empty page " + from.barren());
    }
    List<ObjectInfo> left =
        objects.entrySet().stream()
            .filter(e -> e.getKey().startsWith(from.prefix()))
            .filter(e -> isListed(e.getKey(), from))
            .map(e -> new ObjectInfo(e.getKey(), e.getValue().length))
            .toList();
    int most = from.pageSize() == 0 ? pageSize : Math.min(pageSize, from.pageSize());
    List<ObjectInfo> page = left.subList(0, Math.min(most, left.size()));
    return from.page(page, page.size() < left.size(), null);
  }

  private boolean isListed(String key, ListCursor from) {
    String behind = from.behind();
    boolean first = from.last() == null;
    return behind == null
        || key.compareTo(behind) > 0
        || (first && startAfterInclusive && key.equals(behind));
  }

  /** From now on LIST gives so many keys at most at once. */
  public synchronized void listInPagesOf(int keys) {
    pageSize = keys;
  }

  /** From now on each listing begins with so many pages that are empty though more follow. */
  public synchronized void beginListsWithEmptyPages(int pages) {
    emptyPages = pages;
  }

  /** From now on the key behind which a listing begins is listed as well. */
  public synchronized void listWhatStartAfterNames() {
    startAfterInclusive = true;
  }

  @Override
  public synchronized InputStream get(String key) {
    throwIfAsked();
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw new ObjectStoreException("get " + key, new IOException("no such key"));
    }
    return new ByteArrayInputStream(bytes);
  }

  /** The next object that is read is deleted just before. */
  public synchronized void vanishAtNextRead() {
    vanishing = true;
  }

  /** From now on nothing can be read, though it is listed. */
  public synchronized void hideFromReads() {
    hidden = true;
  }

  @Override
  public synchronized Optional<byte[]> read(String key) {
    throwIfAsked();
    if (vanishing) {
      vanishing = false;
      objects.remove(key);
    }
    if (hidden) {
      return Optional.empty();
    }
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  /** Does this before each read of a part of an object, from now on. */
  public synchronized void beforeReads(Runnable action) {
    beforeReads = action;
  }

  @Override
  public synchronized byte[] get(String key, long offset, int length) {
    beforeReads.run();
    throwIfAsked();
    if (refusedReads.test(key)) {
      throw readRefusal;
    }
    if (vanishing) {
      vanishing = false;
      objects.remove(key);
    }
    byte[] bytes = objects.get(key);
    if (hidden || bytes == null) {
      throw new ObjectStoreException("get " + key, 404, null);
    }
    if (offset + length > bytes.length) {
      throw new ObjectStoreException("get " + key, 416, null);
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public synchronized void checkBucket(String prefix) {
    throwIfAsked();
  }

  @Override
  public void close() {}

  private void throwIfAsked() {
    if (failure != null && failures > 0) {
      failures--;
      throw failure;
    }
  }

  private void runHook(String key) {
    Optional<Hook> hook = hooks.stream().filter(h -> h.keys.test(key)).findFirst();
    if (hook.isPresent()) {
      hooks.remove(hook.get());
      hook.get().action.run();
    }
  }

  private static byte[] read(Content content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream in = content.open()) {
      in.transferTo(all);
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
    return all.toByteArray();
  }
}
