package io.millrace.toolbox.find;

import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.toolbox.bucket.HourListing;
import io.millrace.toolbox.bucket.ManifestCheck;
import io.millrace.toolbox.bucket.Parallel;
import io.millrace.toolbox.bucket.Reads;
import io.millrace.toolbox.hours.HourRange;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks for batches in the manifests, hour by hour, until all are found or no hour is left. Used
 * once; its tasks run on several threads.
 */
final class Search {
  private final Reads reads;
  private final ObjectKeys keys;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Map<String, StoredBatch> found = new ConcurrentHashMap<>();
  private final Set<String> announced = new ConcurrentSkipListSet<>();
  private final Map<String, String> passedOver = new ConcurrentSkipListMap<>();
  private final AtomicLong manifests = new AtomicLong();

  /**
   * Looks at nothing yet.
   *
   * @param batches ids of those to find
   */
  Search(Reads reads, ObjectKeys keys, Set<String> batches) {
    this.reads = reads;
    this.keys = keys;
    missing.addAll(batches);
  }

  /**
   * Searches these hours.
   *
   * @return where the batches lie that were found, by their ids
   * @throws ObjectStoreException if the keys can't be listed
   */
  Map<String, StoredBatch> run(HourRange hours, Parallel parallel) throws InterruptedException {
    HourListing listing = new HourListing(reads, keys.manifests(), hours, keys::isManifest);
    parallel.each(() -> missing.isEmpty() ? null : listing.next(), this::look);
    return found;
  }

  /** One manifest that can't be used must not hide what the others tell. */
  private void look(ObjectInfo listed) throws InterruptedException {
    String key = listed.key();
    manifests.incrementAndGet();
    if (listed.size() > Manifest.MAX_BYTES) {
      passedOver.put(key, "has more than " + Manifest.MAX_BYTES + " bytes");
      return;
    }
    try {
      Manifest manifest = Manifest.fromJson(reads.whole(key, Manifest.MAX_BYTES));
      String fault = ManifestCheck.fault(manifest, keys.dataOf(key));
      if (fault == null) {
        note(manifest);
      } else {
        passedOver.put(key, fault);
      }
    } catch (IllegalArgumentException foreign) {
      passedOver.put(key, "is no manifest, or of another version");
    } catch (IOException | ObjectStoreException failed) {
      passedOver.put(key, String.valueOf(failed.getMessage()));
    }
  }

  /** A manifest is written before its object, which may then be fenced off: it proves nothing. */
  private void note(Manifest manifest) throws InterruptedException {
    if (manifest.batches().stream().noneMatch(entry -> missing.contains(entry.batch()))) {
      return;
    }
    String object = manifest.object();
    if (reads.head(object).filter(o -> o.size() == manifest.bytes()).isEmpty()) {
      announced.add(object);
      return;
    }
    for (Manifest.Entry entry : manifest.batches()) {
      if (missing.remove(entry.batch())) {
        found.put(entry.batch(), new StoredBatch(object, Codec.ofKey(object), entry));
      }
    }
  }

  /** How many manifests were read so far. */
  long manifests() {
    return manifests.get();
  }

  /** Keys of objects that were announced with a batch of ours, but are not stored. */
  Set<String> announced() {
    return announced;
  }

  /** Why a manifest, by its key, was of no use. */
  Map<String, String> passedOver() {
    return passedOver;
  }
}
