package io.millrace.toolbox.bucket;

import io.millrace.object.ObjectInfo;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys under a prefix in ascending order, a page in memory at a time. One thread's own. */
public final class Listing implements Parallel.Source<ObjectInfo> {
  private final Reads reads;
  private final String prefix;
  private @Nullable String after;
  private Iterator<ObjectInfo> page = List.<ObjectInfo>of().iterator();

  /**
   * Lists nothing yet.
   *
   * @param after only keys behind this one; null for all
   */
  public Listing(Reads reads, String prefix, @Nullable String after) {
    this.reads = reads;
    this.prefix = prefix;
    this.after = after;
  }

  @Override
  public @Nullable ObjectInfo next() throws InterruptedException {
    if (!page.hasNext()) {
      page = reads.list(prefix, after).iterator();
    }
    if (!page.hasNext()) {
      return null;
    }
    ObjectInfo next = page.next();
    after = next.key();
    return next;
  }
}
