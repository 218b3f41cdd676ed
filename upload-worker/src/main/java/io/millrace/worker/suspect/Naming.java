package io.millrace.worker.suspect;

import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an hour's manifests tell of the batches that were asked for. One look's own.
 *
 * @param named by batch; those that none names are absent
 * @param unread keys of manifests that announce what can't be read
 */
record Naming(Map<String, List<NamedBatch>> named, List<String> unread) {
  /**
   * A batch as a manifest names it.
   *
   * @param dataKey of the roll
   * @param bytes length of the roll's object
   * @param crc32c of the batch's frame there, empty if the manifest tells none
   */
  record NamedBatch(String dataKey, long bytes, String crc32c) {
    /** The place, for a suspect of that name whose frame has this checksum. */
    Place placeFor(String suspectCrc32c) {
      return new Place(dataKey, bytes, crc32c.equals(suspectCrc32c));
    }
  }

  /** Nothing yet. */
  Naming() {
    this(new HashMap<>(), new ArrayList<>(0));
  }

  void add(String batch, NamedBatch found) {
    named.computeIfAbsent(batch, b -> new ArrayList<>(1)).add(found);
  }

  List<NamedBatch> of(String batch) {
    return named.getOrDefault(batch, List.of());
  }
}
