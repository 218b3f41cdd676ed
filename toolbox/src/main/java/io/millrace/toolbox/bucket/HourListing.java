package io.millrace.toolbox.bucket;

import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.toolbox.hours.HourRange;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What lies under {@code <root>dt=…/hour=…/} of a range of hours, in ascending order of the keys.
 * For one thread at a time.
 */
public final class HourListing implements Parallel.Source<ObjectInfo> {
  private static final int HOUR_PATH_LENGTH = "dt=2026-11-23/hour=05".length();

  private final Listing listing;
  private final String root;
  private final HourRange hours;
  private final Predicate<String> form;

  /**
   * Lists nothing yet.
   *
   * @param root what the keys begin with before the hour; empty or ending in /
   * @param form of the keys that are meant; they hold an hour behind the root
   */
  public HourListing(Reads reads, String root, HourRange hours, Predicate<String> form) {
    String after = hours.from() == null ? null : root + hours.firstPath();
    this.listing = reads.listing(root + "dt=", after);
    this.root = root;
    this.hours = hours;
    this.form = form;
  }

  @Override
  public @Nullable ObjectInfo next() throws InterruptedException {
    ObjectInfo next = listing.next();
    while (next != null && !form.test(next.key())) {
      next = listing.next();
    }
    return next != null && hours.beginsInTime(hourPath(next.key())) ? next : null;
  }

  private String hourPath(String key) {
    return key.substring(root.length(), root.length() + HOUR_PATH_LENGTH);
  }
}
