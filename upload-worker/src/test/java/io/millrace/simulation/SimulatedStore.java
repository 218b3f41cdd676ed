package io.millrace.simulation;

import io.millrace.model.ObjectKeys;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * S3: consistent, with conditional PUTs of which the first to finish wins, and LISTs in pages of
 * which each tells what is there at its own time. Slow and unreliable: a PUT that is under way ends
 * some time, whether or not the caller still waits or lives. Reads that fail are made again until
 * they are answered.
 */
final class SimulatedStore {
  static final ObjectKeys KEYS = new ObjectKeys("");

  private static final PutResult UNKNOWN =
      new PutResult.Unknown(new ObjectStoreException("simulated"));
  private static final long SLOW_MS = 60_000;
  private static final long GIVES_UP_MS = 15_000;
  private static final long LATEST_MS = 900_000;

  private final World world;
  private final Invariants invariants;
  private final TreeMap<String, Blob> blobs = new TreeMap<>();

  SimulatedStore(World world, Invariants invariants) {
    this.world = world;
    this.invariants = invariants;
  }

  void put(SimulatedProcess caller, String key, Blob blob, Consumer<PutResult> then) {
    if (world.strikes(Fault.STORE_REFUSES)) {
      world.note(caller.name(), () -> "PUT " + brief(key) + " is refused");
      caller.step(() -> then.accept(UNKNOWN));
      return;
    }
    boolean answered = !world.strikes(Fault.PUT_ANSWER_LOST);
    long takes = answered ? takes() : world.chance().upTo(LATEST_MS);
    world
        .scheduler()
        .after(
            takes,
            () -> {
              PutResult result = finish(caller, key, blob, answered);
              if (answered) {
                caller.step(() -> then.accept(result));
              }
            });
    if (!answered) {
      caller.stepAfter(world.chance().upTo(GIVES_UP_MS), () -> then.accept(UNKNOWN));
    }
  }

  private PutResult finish(SimulatedProcess caller, String key, Blob blob, boolean answered) {
    boolean stored = !blobs.containsKey(key) || world.rules().overwrites();
    world.note(
        caller.name(),
        () ->
            "PUT %s %s -> %s%s"
                .formatted(
                    brief(key), blob, stored ? "200" : "412", answered ? "" : ", not answered"));
    if (!stored) {
      return new PutResult.AlreadyThere();
    }
    blobs.put(key, blob);
    if (isData(key)) {
      invariants.stored(key, blob);
    }
    return new PutResult.Stored();
  }

  void head(SimulatedProcess caller, String key, Consumer<OptionalLong> then) {
    read(caller, "HEAD " + brief(key), () -> size(key), then);
  }

  /** Reads what lies at a key that was listed. */
  void get(SimulatedProcess caller, String key, Consumer<Blob> then) {
    read(caller, "GET " + brief(key), () -> blobs.get(key), then);
  }

  /** All keys with the prefix, page by page. */
  void list(SimulatedProcess caller, String prefix, Consumer<List<String>> then) {
    list(caller, prefix, prefix, new ArrayList<>(), then);
  }

  private void list(
      SimulatedProcess caller,
      String prefix,
      String after,
      List<String> found,
      Consumer<List<String>> then) {
    Consumer<List<String>> goOn =
        page -> {
          if (page.isEmpty()) {
            then.accept(found);
            return;
          }
          found.addAll(page);
          caller.step(() -> list(caller, prefix, page.get(page.size() - 1), found, then));
        };
    read(caller, "LIST " + prefix, () -> page(prefix, after), goOn);
  }

  private List<String> page(String prefix, String after) {
    List<String> page = new ArrayList<>();
    for (String key : blobs.tailMap(after, false).keySet()) {
      if (page.size() == world.scenario().pageKeys() || !key.startsWith(prefix)) {
        break;
      }
      page.add(key);
    }
    return page;
  }

  private OptionalLong size(String key) {
    Blob blob = blobs.get(key);
    return blob == null ? OptionalLong.empty() : OptionalLong.of(blob.bytes());
  }

  private <T> void read(SimulatedProcess caller, String call, Supplier<T> look, Consumer<T> then) {
    if (world.strikes(Fault.READ_FAILS)) {
      world.note(caller.name(), () -> call + " fails");
      caller.step(() -> read(caller, call, look, then));
      return;
    }
    world
        .scheduler()
        .after(
            takes(),
            () -> {
              T seen = look.get();
              world.note(caller.name(), () -> call + " -> " + seen);
              caller.step(() -> then.accept(seen));
            });
  }

  private long takes() {
    return world.strikes(Fault.STORE_SLOW) ? world.chance().upTo(SLOW_MS) : world.briefly();
  }

  /** Shows each data object that is no tombstone, beside its manifest. */
  void forEachData(DataVisitor visitor) {
    for (Map.Entry<String, Blob> each : blobs.entrySet()) {
      if (isData(each.getKey()) && !each.getValue().isTombstone()) {
        Blob manifest = blobs.get(KEYS.manifest(each.getKey()));
        visitor.visit(each.getKey(), each.getValue(), manifest);
      }
    }
  }

  private static boolean isData(String key) {
    return !key.startsWith("_");
  }

  private static String brief(String key) {
    String[] parts = key.split("/", -1);
    String name = parts[parts.length - 1];
    return key.startsWith("_claims") ? "claim " + parts[parts.length - 2] + "/" + name : name;
  }

  /** Sees data objects. */
  interface DataVisitor {
    void visit(String key, Blob data, Blob manifest);
  }
}
