package io.millrace.simulation.exhaustive;

import io.millrace.model.Claim;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that lies in a store about one batch. Immutable.
 *
 * @param data what lies at each data key
 * @param announced whether a manifest announces it
 * @param claims to the batch, in their order
 */
record SmallStore(List<Fate> data, List<Boolean> announced, List<Claim> claims) {
  static final long ROLL_BYTES = 100;
  private static final long TOMBSTONE_BYTES = 9;

  /** What lies at a data key. */
  enum Fate {
    NOTHING,
    ROLL,
    TOMBSTONE
  }

  /** Of what a PUT is. */
  enum Kind {
    MANIFEST,
    ROLL,
    TOMBSTONE,
    CLAIM
  }

  /**
   * A PUT.
   *
   * @param key number of the data key; 0 for a claim
   * @param claim none for anything else
   */
  record Put(Kind kind, int key, Claim claim) {
    Put(Kind kind, int key) {
      this(kind, key, Claim.NONE);
    }

    Put(Claim claim) {
      this(Kind.CLAIM, 0, claim);
    }
  }

  SmallStore {
    data = List.copyOf(data);
    announced = List.copyOf(announced);
    claims = List.copyOf(claims);
  }

  static SmallStore empty(int keys) {
    return new SmallStore(
        Collections.nCopies(keys, Fate.NOTHING), Collections.nCopies(keys, false), List.of());
  }

  boolean has(Put put) {
    return switch (put.kind) {
      case MANIFEST -> announced.get(put.key);
      case CLAIM -> claims.contains(put.claim);
      case ROLL, TOMBSTONE -> data.get(put.key) != Fate.NOTHING;
    };
  }

  /** After the PUT took effect, whether or not something was there. */
  SmallStore with(Put put) {
    return switch (put.kind) {
      case MANIFEST -> new SmallStore(data, set(announced, put.key, true), claims);
      case ROLL -> new SmallStore(set(data, put.key, Fate.ROLL), announced, claims);
      case TOMBSTONE -> new SmallStore(set(data, put.key, Fate.TOMBSTONE), announced, claims);
      case CLAIM -> {
        List<Claim> more = new ArrayList<>(claims);
        more.remove(put.claim);
        more.add(put.claim);
        Collections.sort(more);
        yield new SmallStore(data, announced, more);
      }
    };
  }

  private static <T> List<T> set(List<T> list, int at, T value) {
    List<T> changed = new ArrayList<>(list);
    changed.set(at, value);
    return changed;
  }

  OptionalLong size(int key) {
    return switch (data.get(key)) {
      case NOTHING -> OptionalLong.empty();
      case ROLL -> OptionalLong.of(ROLL_BYTES);
      case TOMBSTONE -> OptionalLong.of(TOMBSTONE_BYTES);
    };
  }

  /** The roll that the manifest at a data key announces, if there is one. */
  Optional<Place> place(int key) {
    return announced.get(key)
        ? Optional.of(new Place(Integer.toString(key), ROLL_BYTES, true))
        : Optional.empty();
  }

  /** The greatest claim, {@link Claim#NONE} if there is none. */
  Claim greatest() {
    return claims.isEmpty() ? Claim.NONE : claims.get(claims.size() - 1);
  }

  /** In how many objects the batch is. */
  long copies() {
    return data.stream().filter(Fate.ROLL::equals).count();
  }
}
