package io.millrace.toolbox.find;

import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.toolbox.hours.HourRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for batches in the manifests, hour by hour, until all are found or no hour is left. Used
 * once, by one thread.
 */
final class Search {
  private static final int HOUR_PATH_LENGTH = "dt=2026-11-23/hour=05".length();

  private final ObjectStore store;
  private final ObjectKeys keys;
  private final ManifestReader reader;
  private final Set<String> missing;
  private final Map<String, Place> found = new HashMap<>();
  private final List<String> announced = new ArrayList<>();
  private long manifests;

  /**
   * Looks at nothing yet.
   *
   * @param batches ids of those to find
   */
  Search(ObjectStore store, ObjectKeys keys, ManifestReader reader, Set<String> batches) {
    this.store = store;
    this.keys = keys;
    this.reader = reader;
    this.missing = new HashSet<>(batches);
  }

  /**
   * Searches these hours.
   *
   * @return where the batches lie that were found, by their ids
   * @throws io.millrace.object.ObjectStoreException if the store refuses or does not answer
   */
  Map<String, Place> run(HourRange hours) throws InterruptedException {
    String after = keys.manifests() + hours.firstPath();
    boolean more = true;
    while (more && !missing.isEmpty()) {
      List<ObjectInfo> page = store.list(keys.manifests() + "dt=", after);
      more = !page.isEmpty();
      List<String> inside = new ArrayList<>();
      for (ObjectInfo object : page) {
        after = object.key();
        if (keys.isManifest(after)) {
          more = hours.beginsInTime(hourPath(after));
          if (more) {
            inside.add(after);
          }
        }
      }
      look(inside);
    }
    return found;
  }

  private String hourPath(String manifestKey) {
    int start = keys.manifests().length();
    return manifestKey.substring(start, start + HOUR_PATH_LENGTH);
  }

  private void look(List<String> manifestKeys) throws InterruptedException {
    manifests += manifestKeys.size();
    for (Manifest manifest : reader.read(manifestKeys, this::namesMissing)) {
      boolean stored =
          store.head(manifest.object()).filter(o -> o.size() == manifest.bytes()).isPresent();
      for (Manifest.Entry entry : manifest.batches()) {
        if (missing.contains(entry.batch())) {
          note(manifest, entry, stored);
        }
      }
    }
  }

  private boolean namesMissing(Manifest manifest) {
    return manifest.batches().stream().anyMatch(entry -> missing.contains(entry.batch()));
  }

  /** A manifest is written before its object, which may then be fenced off: it proves nothing. */
  private void note(Manifest manifest, Manifest.Entry entry, boolean stored) {
    if (stored) {
      Codec codec = Codec.ofLabel(manifest.codec());
      found.put(entry.batch(), new Place(manifest.object(), codec, entry));
      missing.remove(entry.batch());
    } else {
      announced.add(manifest.object());
    }
  }

  /** How many manifests were read so far. */
  long manifests() {
    return manifests;
  }

  /** Keys of objects that were announced with a batch of ours, but are not stored. */
  List<String> announced() {
    return announced;
  }
}
