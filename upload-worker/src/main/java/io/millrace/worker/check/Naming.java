package io.millrace.worker.check;

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
record Naming(Map<String, List<Named>> named, List<String> unread) {
  /** Nothing yet. */
  Naming() {
    this(new HashMap<>(), new ArrayList<>(0));
  }

  void add(String batch, Named found) {
    named.computeIfAbsent(batch, b -> new ArrayList<>(1)).add(found);
  }

  List<Named> of(String batch) {
    return named.getOrDefault(batch, List.of());
  }
}
