package io.millrace.worker.suspect;

import io.millrace.model.Hour;
import io.millrace.model.ObjectKeys;
import io.millrace.worker.store.StoreCalls;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests of the hours that were asked for last, so that each is read once however many
 * suspects its hour has. All hours share one bound of bytes: beyond it the hour that was not asked
 * for longest is given up and read again when it is asked for, and of an hour that is larger than
 * the bound by itself the rest is read for each check.
 *
 * <p>An hour of 200 web processes at LINGER_MS=10 has 72 million batches and takes about 150 MB
 * here, 10 web processes 7 MB.
 *
 * <p>Thread-safe. Bytes kept are at most the bound.
 */
public final class ManifestCache {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestCache.class);

  /** A day's and an hour more, for a day's dead letters or a backlog. */
  private static final int MAX_HOURS = 25;

  private final StoreCalls calls;
  private final ObjectKeys keys;
  private final long maxBytes;
  private final CheckMetrics metrics;
  private final Map<Hour, Kept> hours = new LinkedHashMap<>(MAX_HOURS, 0.75f, true);
  private long bytes;
  private boolean isFull;

  private static final class Kept {
    private final HourManifests manifests;
    private long bytes;

    Kept(HourManifests manifests) {
      this.manifests = manifests;
    }
  }

  /**
   * @param maxBytes that all hours may take together, more than 0
   */
  public ManifestCache(StoreCalls calls, ObjectKeys keys, long maxBytes, CheckMetrics metrics) {
    this.calls = calls;
    this.keys = keys;
    this.maxBytes = maxBytes;
    this.metrics = metrics;
    metrics.watch(this);
  }

  /** What is known of an hour. */
  synchronized HourManifests of(Hour hour) {
    Kept kept = hours.get(hour);
    if (kept == null) {
      kept = new Kept(new HourManifests(calls, keys, hour, metrics, this));
      hours.put(hour, kept);
      if (hours.size() > MAX_HOURS) {
        Iterator<Kept> eldest = hours.values().iterator();
        Kept given = eldest.next();
        eldest.remove();
        giveUp(given);
      }
    }
    return kept.manifests;
  }

  /**
   * Counts what an hour is about to keep.
   *
   * @return false if there is no room, or the hour has been given up: then it must not be kept
   */
  synchronized boolean keep(HourManifests hour, long more) {
    Kept kept = null;
    for (Kept each : hours.values()) {
      kept = each.manifests == hour ? each : kept;
    }
    if (kept == null) {
      return false;
    }
    Iterator<Kept> others = hours.values().iterator();
    while (bytes + more > maxBytes && others.hasNext()) {
      Kept other = others.next();
      if (other != kept) {
        others.remove();
        giveUp(other);
      }
    }
    if (bytes + more > maxBytes) {
      full();
      return false;
    }
    bytes += more;
    kept.bytes += more;
    return true;
  }

  private void giveUp(Kept given) {
    bytes -= given.bytes;
    given.manifests.forget();
  }

  private void full() {
    if (!isFull) {
      isFull = true;
      LOG.warn(
          "The manifests of an hour take more than the {} bytes there are for them: those beyond"
              + " are read again for each check, a larger heap would keep them",
          maxBytes);
    }
  }

  /** Bytes that are kept. */
  synchronized long bytes() {
    return bytes;
  }
}
