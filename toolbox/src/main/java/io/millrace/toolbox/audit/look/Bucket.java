package io.millrace.toolbox.audit.look;

import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectInfo;
import io.millrace.toolbox.bucket.HourListing;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What lies in the bucket under a prefix. Thread-safe.
 *
 * @param keys the keys' form
 */
public record Bucket(Reads reads, ObjectKeys keys) {
  private static final int HOUR_PATH_LENGTH = "dt=2026-11-23/hour=05".length();

  /** Sizes of all that lies at data keys of these hours, by key. */
  Inventory data(HourRange hours, Progress progress) throws InterruptedException {
    progress.begin("keys of data", 0);
    Map<String, Long> sizes = new HashMap<>();
    list(
        keys.prefix(),
        hours,
        keys::isData,
        found -> {
          sizes.put(found.key(), found.size());
          progress.done();
        });
    return new Inventory(sizes);
  }

  /**
   * Keys of the manifests of these hours, in ascending order.
   *
   * @param tooLarge told of those that are left out because they can't be read into memory
   */
  public Set<String> manifests(HourRange hours, Progress progress, Consumer<ObjectInfo> tooLarge)
      throws InterruptedException {
    progress.begin("keys of manifests", 0);
    Set<String> found = new LinkedHashSet<>();
    list(
        keys.manifests(),
        hours,
        keys::isManifest,
        object -> {
          if (object.size() > Manifest.MAX_BYTES) {
            tooLarge.accept(object);
          } else {
            found.add(object.key());
          }
          progress.done();
        });
    return found;
  }

  private void list(String root, HourRange hours, Predicate<String> form, Consumer<ObjectInfo> to)
      throws InterruptedException {
    HourListing listing = new HourListing(reads, root, hours, form);
    for (ObjectInfo next = listing.next(); next != null; next = listing.next()) {
      to.accept(next);
    }
  }

  /** The hour of a data key, as {@link io.millrace.model.Hour#path}. */
  String hourPath(String dataKey) {
    return dataKey.substring(keys.prefix().length(), keys.prefix().length() + HOUR_PATH_LENGTH);
  }

  /** The start of a data key's hour in ms since the epoch; 0 if there is no such hour. */
  long hourStart(String dataKey) {
    String path = hourPath(dataKey);
    try {
      String day = path.substring("dt=".length(), path.indexOf('/'));
      String hour = path.substring(path.lastIndexOf('=') + 1);
      return Instant.parse(day + "T" + hour + ":00:00Z").toEpochMilli();
    } catch (DateTimeException noSuchHour) {
      return 0;
    }
  }
}
