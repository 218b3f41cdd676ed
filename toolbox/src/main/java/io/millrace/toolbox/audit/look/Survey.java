package io.millrace.toolbox.audit.look;

import io.millrace.model.Codec;
import io.millrace.model.Manifest;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStoreException;
import io.millrace.toolbox.audit.judge.Facts;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.look.Inventory.Fate;
import io.millrace.toolbox.bucket.ManifestCheck;
import io.millrace.toolbox.bucket.Parallel;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what layout {@code rolled} tells of batches: lists the data objects, then the manifests,
 * and reads these, and whatever has none. Data is listed first: a manifest is always written before
 * its data, so that whatever is listed without one has none. Used once; its tasks run on several
 * threads.
 */
public final class Survey {
  private final Bucket bucket;
  private final Scope scope;
  private final Facts facts;
  private final Findings findings;
  private final boolean deep;

  /**
   * Reads nothing yet.
   *
   * @param facts told what is found of batches
   * @param findings told what is found beside them
   * @param deep whether each object is read to its last byte
   */
  public Survey(Bucket bucket, Scope scope, Facts facts, Findings findings, boolean deep) {
    this.bucket = bucket;
    this.scope = scope;
    this.facts = facts;
    this.findings = findings;
    this.deep = deep;
  }

  /**
   * Lists and reads.
   *
   * @param early keys of the manifests that were there before the first look at the queue
   */
  public void read(Set<String> early, Parallel parallel, Progress progress)
      throws InterruptedException {
    Inventory inventory = bucket.data(scope.hoursRead(), progress);
    Set<String> manifests = bucket.manifests(scope.hoursRead(), progress, this::tooLarge);
    Set<String> announced = ConcurrentHashMap.newKeySet();
    progress.begin(deep ? "manifests and objects read" : "manifests read", manifests.size());
    parallel.each(
        Parallel.Source.of(manifests),
        key -> {
          if (manifest(key, inventory, early.contains(key))) {
            announced.add(bucket.keys().dataOf(key));
          }
          progress.done();
        });
    Set<String> foreign = new TreeSet<>(inventory.unannounced(announced).toList());
    progress.begin("objects without a manifest", foreign.size());
    parallel.each(
        Parallel.Source.of(foreign),
        key -> {
          foreign(key, inventory);
          progress.done();
        });
  }

  /** Returns whether the manifest tells what its object holds. */
  private boolean manifest(String key, Inventory inventory, boolean early)
      throws InterruptedException {
    String dataKey = bucket.keys().dataOf(key);
    Manifest manifest;
    String fault;
    try {
      manifest = Manifest.fromJson(bucket.reads().whole(key, Manifest.MAX_BYTES));
      fault = ManifestCheck.fault(manifest, dataKey);
    } catch (IOException | ObjectStoreException failed) {
      findings.unread(String.valueOf(failed.getMessage()));
      return false;
    } catch (IllegalArgumentException wrong) {
      damaged(dataKey, "its manifest is none, or of another version");
      return false;
    }
    if (fault != null) {
      damaged(dataKey, fault);
      return false;
    }
    Fate fate = inventory.fate(dataKey, manifest.bytes());
    for (Manifest.Entry entry :
        facts.manifest(manifest, bucket.hourStart(dataKey), fate == Fate.STORED, early)) {
      String what = "its writer can't have come to this number, nor ended %d: it is forged";
      impossible(dataKey, entry, what.formatted(entry.ended()));
    }
    if (isInside(dataKey)) {
      count(manifest, fate, inventory);
      if (deep && fate == Fate.STORED) {
        readAll(manifest);
      }
    }
    return true;
  }

  private void count(Manifest manifest, Fate fate, Inventory inventory) {
    switch (fate) {
      case STORED -> {
        findings.objects.incrementAndGet();
        findings.bytes.addAndGet(manifest.bytes());
      }
      case FENCED -> findings.tombstones.incrementAndGet();
      case NEVER_STORED -> findings.neverStored.incrementAndGet();
      case DAMAGED ->
          damaged(
              manifest.object(),
              "has %d bytes, its manifest says %d"
                  .formatted(inventory.size(manifest.object()), manifest.bytes()));
    }
  }

  private void readAll(Manifest manifest) throws InterruptedException {
    try {
      bucket
          .reads()
          .use(manifest.object(), in -> DeepCheck.damages(manifest, in))
          .forEach(findings::damaged);
    } catch (IOException | ObjectStoreException failed) {
      findings.unread(String.valueOf(failed.getMessage()));
    }
  }

  private void foreign(String key, Inventory inventory) throws InterruptedException {
    if (inventory.isTombstone(key)) {
      findings.tombstones.addAndGet(isInside(key) ? 1 : 0);
      return;
    }
    if (isInside(key)) {
      findings.foreign(key);
    }
    try {
      var batches = bucket.reads().use(key, in -> ForeignObject.batches(Codec.ofKey(key), in));
      facts.foreign(key, bucket.hourStart(key), batches);
    } catch (ObjectStoreException failed) {
      findings.unread(String.valueOf(failed.getMessage()));
    } catch (IOException unreadable) {
      damaged(key, "has no manifest and can't be read: " + unreadable.getMessage());
    }
  }

  private void tooLarge(ObjectInfo manifest) {
    damaged(
        bucket.keys().dataOf(manifest.key()),
        "its manifest has %d bytes, more than %d".formatted(manifest.size(), Manifest.MAX_BYTES));
  }

  private void impossible(String key, Manifest.Entry entry, String what) {
    if (isInside(key)) {
      findings.damaged(new Damage(key, entry.batch(), entry.offset(), what));
    }
  }

  private void damaged(String key, String what) {
    if (isInside(key)) {
      findings.damaged(Damage.whole(key, what));
    }
  }

  private boolean isInside(String dataKey) {
    return scope.hours().contains(bucket.hourPath(dataKey));
  }
}
