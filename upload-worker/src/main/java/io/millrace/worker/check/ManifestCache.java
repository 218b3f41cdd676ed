package io.millrace.worker.check;

import io.millrace.model.Hour;
import io.millrace.model.ObjectKeys;
import io.millrace.worker.store.StoreCalls;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The manifests of the hours that were asked for last, so that each is read once however many
 * suspects its hour has.
 *
 * <p>Thread-safe.
 */
public final class ManifestCache {
  /** Suspects come from the hour of a worker's death and the one before; more after an outage. */
  private static final int MAX_HOURS = 4;

  private final StoreCalls calls;
  private final ObjectKeys keys;
  private final CheckMetrics metrics;
  private final Map<Hour, HourManifests> hours =
      new LinkedHashMap<>(MAX_HOURS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hour, HourManifests> eldest) {
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
    return hours.computeIfAbsent(hour, h -> new HourManifests(calls, keys, h, metrics));
  }
}
