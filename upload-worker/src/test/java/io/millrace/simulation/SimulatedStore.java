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
import org.jspecify.annotations.Nullable;

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
    read(caller, () -> "HEAD " + brief(key), () -> size(key), then);
  }

  /** Reads what lies at a key that was listed. */
  void get(SimulatedProcess caller, String key, Consumer<Blob> then) {
    read(caller, () -> "GET " + brief(key), () -> blobs.get(key), then);
  }

  /** All keys with the prefix, page by page. */
  void list(SimulatedProcess caller, String prefix, Consumer<List<String>> then) {
    nextPage(new Listing(caller, prefix, new ArrayList<>(), then));
  }

  private void nextPage(Listing listing) {
    Consumer<Page> goOn =
        page -> {
          if (page.keys.isEmpty()) {
            listing.then.accept(listing.found);
          } else {
            listing.found.addAll(page.keys);
            listing.caller.step(() -> nextPage(listing));
          }
        };
    read(listing.caller, () -> "LIST " + listing.prefix, () -> page(listing), goOn);
  }

  private Page page(Listing listing) {
    List<String> page = new ArrayList<>();
    for (String key : blobs.tailMap(listing.after(), false).keySet()) {
      if (page.size() == world.scenario().pageKeys() || !key.startsWith(listing.prefix)) {
        break;
      }
      page.add(key);
    }
    return new Page(page);
  }

  /**
   * A LIST under way.
   *
   * @param found on the pages so far
   */
  private record Listing(
      SimulatedProcess caller, String prefix, List<String> found, Consumer<List<String>> then) {
    String after() {
      return found.isEmpty() ? prefix : found.get(found.size() - 1);
    }
  }

  private record Page(List<String> keys) {
    @Override
    public String toString() {
      return keys.stream().map(SimulatedStore::brief).toList().toString();
    }
  }

  private OptionalLong size(String key) {
    Blob blob = blobs.get(key);
    return blob == null ? OptionalLong.empty() : OptionalLong.of(blob.bytes());
  }

  private <T> void read(
      SimulatedProcess caller, Supplier<String> call, Supplier<T> look, Consumer<T> then) {
    if (world.strikes(Fault.READ_FAILS)) {
      world.note(caller.name(), () -> call.get() + " fails");
      caller.step(() -> read(caller, call, look, then));
      return;
    }
    world
        .scheduler()
        .after(
            takes(),
            () -> {
              T seen = look.get();
              world.note(caller.name(), () -> call.get() + " -> " + seen);
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

  /** A key without what all keys have in common. */
  private static String brief(String key) {
    int name = key.lastIndexOf('/');
    return key.startsWith("_claims")
        ? key.substring(key.lastIndexOf('/', name - 1) + 1)
        : key.substring(name + 1);
  }

  /** Sees data objects. */
  interface DataVisitor {
    void visit(String key, Blob data, @Nullable Blob manifest);
  }
}
