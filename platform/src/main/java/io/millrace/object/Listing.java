package io.millrace.object;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys under a prefix in ascending order, a page in memory at a time. The next page is asked
 * for when the one before is used up.
 *
 * <p>For one thread at a time.
 */
public final class Listing {
  private final Pages pages;
  private @Nullable ListCursor cursor;
  private Iterator<ObjectInfo> page = List.<ObjectInfo>of().iterator();

  /** Where pages come from: a store, or what makes its calls. */
  @FunctionalInterface
  public interface Pages {
    /** See {@link ObjectStore#list}. */
    ListPage page(ListCursor from) throws InterruptedException;
  }

  /**
   * Lists nothing yet.
   *
   * @param prefix what the keys begin with, may be empty
   * @param after only keys behind this one; null for all
   */
  public Listing(Pages pages, String prefix, @Nullable String after) {
    this.pages = pages;
    this.cursor = ListCursor.of(prefix, after);
  }

  /**
   * The next object; null if there is none.
   *
   * @throws ObjectStoreException as {@link ObjectStore#list}; asked again, it goes on where it was
   */
  public @Nullable ObjectInfo next() throws InterruptedException {
    while (!page.hasNext() && cursor != null) {
      ListPage came = pages.page(cursor);
      page = came.objects().iterator();
      cursor = came.next();
    }
    return page.hasNext() ? page.next() : null;
  }
}
