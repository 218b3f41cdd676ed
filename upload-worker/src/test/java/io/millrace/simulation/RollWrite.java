package io.millrace.simulation;

import io.millrace.model.Hour;
import io.millrace.object.PutResult;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.exactlyonce.StoreOnceRules.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes one roll: makes the calls that the rules decide on, until it is stored or nothing left.
 */
final class RollWrite {
  private final Parts parts;
  private final RulesUnderTest rules;
  private final Hour hour;
  private final Supplier<String> keys;
  private final Runnable written;
  private final List<Held> batches;
  private String dataKey = "";
  private Blob manifest;
  private Blob data;

  /**
   * @param keys gives a new data key
   * @param written runs when the roll is settled
   * @param batches of one hour, not empty
   */
  RollWrite(Parts parts, Supplier<String> keys, Runnable written, List<Held> batches) {
    this.parts = parts;
    this.rules = parts.world().rules();
    this.hour = batches.get(0).delivery().hour();
    this.keys = keys;
    this.written = written;
    this.batches = new ArrayList<>(batches);
    this.manifest = Blob.of(names());
    this.data = manifest;
  }

  void start() {
    begin(Set.of());
  }

  private void begin(Set<Integer> leftOut) {
    leaveOut(leftOut);
    if (dataKey.isEmpty() || rules.takesNewKey()) {
      dataKey = keys.get();
    }
    data = Blob.of(names());
    manifest = rules.manifestOf(data, manifest);
    take(rules.announce());
  }

  private void take(Step.Write step) {
    SimulatedProcess process = parts.process();
    SimulatedStore store = parts.store();
    if (step instanceof Step.PutManifest) {
      String key = SimulatedStore.KEYS.manifest(dataKey);
      store.put(process, key, manifest, result -> take(rules.afterManifest(result)));
    } else if (step instanceof Step.ListClaims) {
      String prefix = SimulatedStore.KEYS.claims(hour);
      store.list(process, prefix, found -> take(afterClaims(found)));
    } else if (step instanceof Step.PutData) {
      store.put(process, dataKey, data, result -> take(afterData(result)));
    } else if (step instanceof Step.LookAtData) {
      store.head(process, dataKey, found -> take(rules.afterLookAtData(data.bytes(), found)));
    } else if (step instanceof Step.PutFence) {
      store.put(process, dataKey, Blob.TOMBSTONE, result -> take(rules.afterFence(result)));
    } else if (step instanceof Step.LookAtFence) {
      store.head(process, dataKey, found -> take(rules.afterLookAtFence(data.bytes(), found)));
    } else if (step instanceof Step.Fenced) {
      split();
    } else {
      end(step);
    }
  }

  /** Now and then a store that gives no answer is taken for one that refuses the roll's size. */
  private Step.Write afterData(PutResult result) {
    boolean gaveUp = result instanceof PutResult.Unknown && parts.world().chance().happens(0.3);
    return gaveUp ? rules.fence() : rules.afterData(result);
  }

  /** Each half goes on under a key of its own. */
  private void split() {
    parts.note("splits " + names());
    if (batches.size() == 1) {
      begin(Set.of());
      return;
    }
    int[] left = {2};
    Runnable halfWritten =
        () -> {
          if (--left[0] == 0) {
            written.run();
          }
        };
    int middle = batches.size() / 2;
    new RollWrite(parts, keys, halfWritten, batches.subList(0, middle)).start();
    new RollWrite(parts, keys, halfWritten, batches.subList(middle, batches.size())).start();
  }

  private Step.Write afterClaims(List<String> found) {
    List<Holding> roll = batches.stream().map(Held::holding).toList();
    return rules.afterClaims(roll, Claims.greatest(found));
  }

  private void end(Step.Write step) {
    if (step instanceof Step.StartAgain again) {
      parts.note("starts " + names() + " again without " + again.leftOut());
      begin(again.leftOut());
      return;
    }
    if (step instanceof Step.Stored) {
      batches.forEach(each -> parts.leases().delete(each.delivery()));
    } else {
      parts.note("leaves out " + names());
      batches.forEach(each -> parts.leases().letGo(each.delivery()));
    }
    written.run();
  }

  private void leaveOut(Set<Integer> positions) {
    for (int i = batches.size() - 1; i >= 0; i--) {
      if (positions.contains(i)) {
        parts.leases().letGo(batches.remove(i).delivery());
      }
    }
  }

  private List<String> names() {
    return batches.stream().map(each -> each.delivery().batch()).toList();
  }
}
