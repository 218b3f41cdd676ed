package io.millrace.toolbox.audit.look;

import io.millrace.model.Codec;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data keys that were listed, with their sizes. A key's size tells what lies there: the
 * manifest's is data, an empty frame's a tombstone. Immutable.
 *
 * @param sizes in bytes, by key; not changed any more
 */
record Inventory(Map<String, Long> sizes) {

  /** What became of what a manifest announces. */
  enum Fate {
    STORED,
    FENCED,
    NEVER_STORED,
    DAMAGED
  }

  /** What lies at a key whose manifest says {@code bytes}. */
  Fate fate(String key, long bytes) {
    Long size = sizes.get(key);
    if (size == null) {
      return Fate.NEVER_STORED;
    }
    if (size == bytes) {
      return Fate.STORED;
    }
    return isTombstone(key) ? Fate.FENCED : Fate.DAMAGED;
  }

  /** The size of what lies at a key that was listed. */
  long size(String key) {
    return sizes.getOrDefault(key, 0L);
  }

  /** Whether what lies there is as long as a tombstone. */
  boolean isTombstone(String key) {
    return size(key) == Codec.ofKey(key).emptyFrame().length;
  }

  /** The keys that are not among those announced. */
  Stream<String> unannounced(Set<String> announced) {
    return sizes.keySet().stream().filter(key -> !announced.contains(key));
  }
}
