package io.millrace.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing goes on, and what its pages must keep to: keys under the prefix, strictly
 * ascending by their UTF-8 bytes, within a page and from page to page. Stores differ in what they
 * make of LIST; whoever relies on having seen every key must not rely on the store for it.
 *
 * <p>Immutable: a page that failed is asked for again with the same cursor.
 *
 * @param prefix what the keys begin with, may be empty
 * @param after only keys behind this one are wanted; null for all
 * @param token the store's own mark of where to go on; null on the first page
 * @param last the last key that came; null if none has
 * @param barren pages in a row, up to now, that brought no key
 * @param pageSize most keys of a page, 0 for as many as the store likes
 */
public record ListCursor(
    String prefix,
    @Nullable String after,
    @Nullable String token,
    @Nullable String last,
    int barren,
    int pageSize) {
  /** S3 passes over deleted versions in pages of 1,000 that bring nothing; a million of those. */
  static final int MAX_BARREN = 1000;

  /** The first page. */
  public static ListCursor of(String prefix, @Nullable String after) {
    return new ListCursor(prefix, after, null, null, 0, 0);
  }

  /**
   * The same page and all behind it, with so many keys at most.
   *
   * @param keys 1 to 1,000
   */
  public ListCursor inPagesOf(int keys) {
    return new ListCursor(prefix, after, token, last, barren, keys);
  }

  /** The key behind which a store lists that knows no tokens; null for all. */
  public @Nullable String behind() {
    return last == null ? after : last;
  }

  /**
   * The page for what the store answered. Keys up to {@code after}, which some stores list all the
   * same, are left out.
   *
   * @param found in the order in which they came
   * @param more whether the store says that there is more
   * @param nextToken the store's mark of where to go on, if it gives one
   * @throws ObjectStoreException if the answer is out of order or the listing makes no progress
   */
  public ListPage page(List<ObjectInfo> found, boolean more, @Nullable String nextToken) {
    List<ObjectInfo> wanted = new ArrayList<>(found.size());
    String before = last;
    for (ObjectInfo info : found) {
      check(before, info.key());
      before = info.key();
      if (after == null || compare(before, after) > 0) {
        wanted.add(info);
      }
    }
    return new ListPage(wanted, more ? next(found.isEmpty(), before, nextToken) : null);
  }

  private void check(@Nullable String before, String key) {
    if (!key.startsWith(prefix)) {
      throw wrong("ignores the prefix: it brought " + key);
    }
    if (before != null && compare(before, key) >= 0) {
      throw wrong("is not in ascending order: " + key + " came after " + before);
    }
  }

  private ListCursor next(boolean empty, @Nullable String lastNow, @Nullable String nextToken) {
    if (nextToken == null ? empty : nextToken.equals(token)) {
      throw wrong("makes no progress: it says that there is more and not where");
    }
    if (empty && barren + 1 >= MAX_BARREN) {
      throw wrong("makes no progress: " + MAX_BARREN + " pages in a row brought nothing");
    }
    return new ListCursor(prefix, after, nextToken, lastNow, empty ? barren + 1 : 0, pageSize);
  }

  private ObjectStoreException wrong(String what) {
    return new ObjectStoreException("the store's LIST of \"" + prefix + "\" " + what);
  }

  /** S3's order of keys, which is not that of {@link String#compareTo} beyond U+FFFF. */
  private static int compare(String a, String b) {
    return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
  }
}
