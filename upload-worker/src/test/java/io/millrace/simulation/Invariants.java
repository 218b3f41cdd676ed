package io.millrace.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Watches a run, and throws a {@link Violation} at the first thing that must not be. */
final class Invariants {
  private final Map<String, String> objectOf = new HashMap<>();
  private final Set<String> copied = new HashSet<>();
  private final Set<String> acknowledged = new TreeSet<>();
  private final List<Runnable> workers = new ArrayList<>();

  /** A web tier has told its clients that the batch is safe. */
  void acknowledged(String batch) {
    acknowledged.add(batch);
  }

  /** A data object, or a tombstone, lies at the key now; whatever was there is overwritten. */
  void stored(String key, Blob blob) {
    objectOf.values().removeIf(key::equals);
    for (String batch : blob.batches()) {
      String other = objectOf.put(batch, key);
      if (other != null) {
        throw new Violation(
            Invariant.NOTHING_TWICE, "%s is in %s and in %s".formatted(batch, other, key));
      }
    }
  }

  /** A queue has taken a copy of the other queue's message. */
  void copied(String messageId) {
    copied.add(messageId);
  }

  /** A queue deletes a message because it was told to. */
  void deleted(String messageId, Message message) {
    if (!objectOf.containsKey(message.batch()) && !copied.contains(messageId)) {
      throw new Violation(
          Invariant.DELETED_WHEN_SAFE, messageId + " " + message + " is stored nowhere");
    }
  }

  /** A worker lives; what it reserves is to be given back in the end. */
  void started(Runnable checkIdle) {
    workers.add(checkIdle);
  }

  /** A worker has settled everything that it held. */
  void settled(String worker, long reservedBytes, int rolls) {
    if (reservedBytes != 0 || rolls != 0) {
      throw new Violation(
          Invariant.ALL_RETURNED,
          "%s still holds %d bytes and %d rolls".formatted(worker, reservedBytes, rolls));
    }
  }

  /** Nothing will happen any more. */
  void end(SimulatedStore store, List<QueueState> queues) {
    for (QueueState each : queues) {
      if (!each.isEmpty()) {
        throw new Violation(Invariant.QUEUES_EMPTY, each + " is left");
      }
    }
    for (String batch : acknowledged) {
      if (!objectOf.containsKey(batch)) {
        throw new Violation(Invariant.NOTHING_LOST, batch + " is acknowledged and not stored");
      }
    }
    workers.forEach(Runnable::run);
    store.forEachData(Invariants::checkAnnounced);
  }

  private static void checkAnnounced(String key, Blob data, @Nullable Blob manifest) {
    if (manifest == null || !data.batches().equals(manifest.batches())) {
      throw new Violation(
          Invariant.AS_ANNOUNCED,
          "%s holds %s, announced was %s".formatted(key, data.batches(), manifest));
    }
  }
}
