package io.millrace.worker.check;

import io.millrace.model.Hour;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.Listing;
import io.millrace.object.ObjectInfo;
import io.millrace.worker.once.Place;
import io.millrace.worker.store.StoreCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of one hour's rolls: every manifest read so far, since manifests never change, and
 * what lies at their keys, since a key's fate is written once. That nothing lies at a key yet is
 * not remembered.
 *
 * <p>Thread-safe. Takes about 200 bytes for each batch of the hour.
 */
final class HourManifests {
  private final StoreCalls calls;
  private final ObjectKeys keys;
  private final Hour hour;
  private final CheckMetrics metrics;
  private final Set<String> read = new HashSet<>();
  private final Map<String, List<Place>> places = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  HourManifests(StoreCalls calls, ObjectKeys keys, Hour hour, CheckMetrics metrics) {
    this.calls = calls;
    this.keys = keys;
    this.hour = hour;
    this.metrics = metrics;
  }

  /**
   * Lists all manifests there are now, reads those that are new, and tells which name the batches.
   *
   * @return batches that none names are absent
   * @throws IllegalArgumentException if something is no manifest but lies where one should
   */
  synchronized Map<String, List<Place>> naming(Collection<String> batches)
      throws InterruptedException {
    Listing listing = calls.listing(keys.manifests(hour), null);
    for (ObjectInfo info = listing.next(); info != null; info = listing.next()) {
      readIfNew(info.key());
    }
    Map<String, List<Place>> naming = new HashMap<>();
    for (String batch : batches) {
      List<Place> named = places.get(batch);
      if (named != null) {
        naming.put(batch, List.copyOf(named));
      }
    }
    return naming;
  }

  /** What lies at a data key, if that is known; then it is so for ever. */
  synchronized OptionalLong knownSize(String dataKey) {
    Long size = sizes.get(dataKey);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** Something of this size lies at a data key. */
  synchronized void remember(String dataKey, long size) {
    sizes.put(dataKey, size);
  }

  private void readIfNew(String key) throws InterruptedException {
    if (read.contains(key) || !keys.isManifest(key)) {
      return;
    }
    Optional<byte[]> json = calls.read(key);
    if (json.isEmpty()) {
      checkIsGone(key);
      return;
    }
    Manifest manifest = parse(key, json.get());
    metrics.manifestRead();
    Place place = new Place(keys.dataOf(key), manifest.bytes());
    for (Manifest.Entry entry : manifest.batches()) {
      places.computeIfAbsent(entry.batch(), batch -> new ArrayList<>(1)).add(place);
    }
    read.add(key);
  }

  private static Manifest parse(String key, byte[] json) {
    try {
      return Manifest.fromJson(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /** It may have been deleted since it was listed; else it is unread, and must not be skipped. */
  private void checkIsGone(String key) throws InterruptedException {
    ObjectInfo first = calls.listing(key, null).next(); // no other that begins so is before it
    if (first != null && first.key().equals(key)) {
      throw new IllegalArgumentException(key + ": is listed, but can't be read");
    }
  }
}
