package io.millrace.object;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param objects in ascending order of their keys' UTF-8 bytes; may be empty though more follow
 * @param next where the listing goes on; null if this page ends it
 */
public record ListPage(List<ObjectInfo> objects, @Nullable ListCursor next) {
  public ListPage {
    objects = List.copyOf(objects);
  }
}
