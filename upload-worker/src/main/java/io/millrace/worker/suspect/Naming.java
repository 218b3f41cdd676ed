package io.millrace.worker.suspect;

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
