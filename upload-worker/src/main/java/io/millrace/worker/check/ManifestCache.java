package io.millrace.worker.check;

import io.millrace.model.Hour;
import io.millrace.model.ObjectKeys;
import io.millrace.worker.store.StoreCalls;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The manifests of the hours that were asked for last, so that each is read once however many
 * suspects its hour has. Hours that no check is at are given up before memory runs out, and are
 * read again when they are asked for.
 *
 * <p>Thread-safe.
 */
public final class ManifestCache {
  /** A day's and an hour more, for a day's dead letters or a backlog. */
  private static final int MAX_HOURS = 25;

  private final StoreCalls calls;
  private final ObjectKeys keys;
  private final CheckMetrics metrics;
  private final Map<Hour, SoftReference<HourManifests>> hours =
      new LinkedHashMap<>(MAX_HOURS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hour, SoftReference<HourManifests>> eldest) {
          return size() > MAX_HOURS;
        }
      };

  public ManifestCache(StoreCalls calls, ObjectKeys keys, CheckMetrics metrics) {
    this.calls = calls;
    this.keys = keys;
    this.metrics = metrics;
  }

  /** What is known of an hour. */
  synchronized HourManifests of(Hour hour) {
    SoftReference<HourManifests> known = hours.get(hour);
    HourManifests manifests = known == null ? null : known.get();
    if (manifests == null) {
      manifests = new HourManifests(calls, keys, hour, metrics);
      hours.put(hour, new SoftReference<>(manifests));
    }
    return manifests;
  }
}
