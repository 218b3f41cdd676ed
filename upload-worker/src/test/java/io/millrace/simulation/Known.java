package io.millrace.simulation;

import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What one worker has read and may remember: manifests, and sizes at data keys; never absence. */
final class Known {
  private final Map<String, Blob> manifests = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  boolean hasRead(String manifestKey) {
    return manifests.containsKey(manifestKey);
  }

  void read(String manifestKey, Blob manifest) {
    manifests.put(manifestKey, manifest);
  }

  /** The rolls among those listed that name the batch. */
  List<Place> naming(String batch, List<String> manifestKeys) {
    List<Place> places = new ArrayList<>();
    for (String key : manifestKeys) {
      Blob manifest = manifests.get(key);
      if (manifest != null && manifest.batches().contains(batch)) {
        places.add(new Place(SimulatedStore.KEYS.dataOf(key), manifest.bytes(), true));
      }
    }
    return places;
  }

  /** The size of what lies at a data key, if it has been seen. */
  OptionalLong size(String dataKey) {
    Long size = sizes.get(dataKey);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  void seen(String dataKey, OptionalLong size) {
    size.ifPresent(bytes -> sizes.put(dataKey, bytes));
  }
}
