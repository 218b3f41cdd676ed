package io.millrace.worker.exactlyonce;

import io.millrace.model.Claim;
import io.millrace.object.PutResult;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How each batch gets into exactly one object, by announcing, looking and writing.
 *
 * <p>A roll puts its manifest, then looks at the claims; a suspect puts its claim, then looks at
 * the manifests: whatever the order, one of the two sees the other. A key's fate is written once,
 * by the roll's data or by the suspect's tombstone, because every PUT is conditional. Only 200 and
 * 412 tell what lies at a key; after anything else the same call is made again, since an earlier
 * try may still be under way.
 *
 * <p>No clock is compared, with one exception that only costs a check: see {@link #isSuspect}.
 *
 * <p>Pure functions of what is known.
 */
public final class StoreOnceRules {
  /**
   * A batch is sent within ACK_TIMEOUT_MS, at most 60 s, of being opened. One sent much later was
   * moved here by another hand, such as SQS's own redrive, which tells nothing and counts receives
   * anew.
   */
  static final Duration LATE = Duration.ofMinutes(5);

  /**
   * A batch in a roll, with the right to store it.
   *
   * @param batch {@code <writer>-<seq>}
   * @param claim of the delivery; {@link Claim#NONE} if it was never suspected
   */
  public record Holding(String batch, Claim claim) {}

  /**
   * Where a batch may be stored, as a manifest announced it. An object of that size is the roll,
   * and then a batch of that name is stored; anything else at the key is a tombstone, and then this
   * roll never will be.
   *
   * @param dataKey of the roll
   * @param bytes length of the roll's object; never that of a tombstone
   * @param sameBytes whether the roll's batch has the suspect's own bytes; if not, only the name is
   *     the same, and one of the two was not sent by a web tier
   */
  public record Place(String dataKey, long bytes, boolean sameBytes) {}

  private StoreOnceRules() {}

  /**
   * Whether another delivery of the batch may be in a roll, or stored.
   *
   * @param receiveCount of the message, from 1; 0 if the queue doesn't tell
   * @param marked whether the header says {@code resent}, or the message was a dead letter
   * @param sentMs when it was sent by the queue's clock, ms since the epoch
   * @param openedMs when its batch was opened by the web tier's clock, ms since the epoch
   */
  public static boolean isSuspect(int receiveCount, boolean marked, long sentMs, long openedMs) {
    return receiveCount != 1 || marked || sentMs - openedMs > LATE.toMillis();
  }

  /** The first step of a roll, under each new key. */
  public static Step.Write announce() {
    return new Step.PutManifest();
  }

  /**
   * That one is there already after a try whose outcome is unknown means that this try wrote it. At
   * the first try someone else made the key, and what lies there may not announce this roll.
   *
   * @param isFirst whether the manifest was put for the first time under this key
   */
  public static Step.Write afterManifest(PutResult result, boolean isFirst) {
    if (isFirst && result instanceof PutResult.AlreadyThere) {
      return new Step.StartAgain(Set.of());
    }
    return result instanceof PutResult.Unknown ? new Step.PutManifest() : new Step.ListClaims();
  }

  /**
   * Leaves out every batch to which there is a greater claim than the roll's own. Of a batch that
   * is in the roll twice, the delivery with the greater claim stays; of equal claims, the first: a
   * later message of the same name must not push out what came before it.
   *
   * @param roll its batches in order
   * @param greatest claim to each batch, as far as there are any
   */
  public static Step.Write afterClaims(List<Holding> roll, Map<String, Claim> greatest) {
    Map<String, Integer> kept = new HashMap<>();
    Set<Integer> leftOut = new HashSet<>();
    for (int i = 0; i < roll.size(); i++) {
      Holding held = roll.get(i);
      if (greatest.getOrDefault(held.batch(), Claim.NONE).compareTo(held.claim()) > 0) {
        leftOut.add(i);
        continue;
      }
      Integer twin = kept.putIfAbsent(held.batch(), i);
      if (twin == null) {
        continue;
      }
      if (held.claim().compareTo(roll.get(twin).claim()) > 0) {
        kept.put(held.batch(), i);
        leftOut.add(twin);
      } else {
        leftOut.add(i);
      }
    }
    if (leftOut.isEmpty()) {
      return new Step.PutData();
    }
    return leftOut.size() == roll.size() ? new Step.NothingLeft() : new Step.StartAgain(leftOut);
  }

  /** A refusal is no answer either: an earlier try may have been taken. */
  public static Step.Write afterData(PutResult result) {
    if (result instanceof PutResult.Stored) {
      return new Step.Stored();
    }
    return result instanceof PutResult.AlreadyThere ? new Step.LookAtData() : new Step.PutData();
  }

  /**
   * After a 412. Nothing there would contradict it, so the data is put once more.
   *
   * @param ourBytes length of the roll's object
   * @param found size of what lies there; empty if nothing does
   */
  public static Step.Write afterLookAtData(long ourBytes, OptionalLong found) {
    if (found.isEmpty()) {
      return new Step.PutData();
    }
    return found.getAsLong() == ourBytes ? new Step.Stored() : new Step.StartAgain(Set.of());
  }

  /**
   * The store takes the data for no reason that passes. Its batches may go under other keys only
   * when it is known that this one will not hold them: an earlier try may still be under way.
   */
  public static Step.Write fence() {
    return new Step.PutFence();
  }

  /** After the tombstone at the roll's own key. */
  public static Step.Write afterFence(PutResult result) {
    if (result instanceof PutResult.Stored) {
      return new Step.Fenced();
    }
    return result instanceof PutResult.AlreadyThere ? new Step.LookAtFence() : new Step.PutFence();
  }

  /**
   * After a 412 of the tombstone: the data came after all, or someone's tombstone is there.
   *
   * @param ourBytes length of the roll's object
   * @param found size of what lies there; empty if nothing does
   */
  public static Step.Write afterLookAtFence(long ourBytes, OptionalLong found) {
    if (found.isEmpty()) {
      return new Step.PutFence();
    }
    return found.getAsLong() == ourBytes ? new Step.Stored() : new Step.Fenced();
  }

  /** The first step of a suspect. */
  public static Step.Check suspect() {
    return new Step.ListOwnClaims();
  }

  /** A claim above all that are there; the random part decides between two at the same time. */
  public static Step.Check afterOwnClaims(Collection<Claim> listed, RandomGenerator random) {
    return new Step.PutClaim(Claim.above(listed, random));
  }

  /** Only a claim that lies there counts; the same one is put until it does. */
  public static Step.Check afterClaim(Step.PutClaim step, PutResult result) {
    return result instanceof PutResult.Unknown ? step : new Step.ListManifests(step.mine());
  }

  /**
   * After all manifests of the hour have been listed and read.
   *
   * @param naming the rolls whose manifest names the batch
   */
  public static Step.Check afterManifests(Step.ListManifests step, List<Place> naming) {
    return next(step.mine(), naming);
  }

  /**
   * Nothing there is no answer for good: the roll may still be under way, so its key is closed. If
   * that roll has other bytes under the suspect's name, the one that was announced first stays: it
   * is neither closed nor taken for the suspect.
   *
   * @param found size of what lies at the first place's key; empty if nothing does
   */
  public static Step.Check afterLookAtPlace(Step.LookAtPlace step, OptionalLong found) {
    Place place = step.places().get(0);
    if (found.isPresent() && found.getAsLong() != place.bytes()) {
      return next(step.mine(), rest(step.places()));
    }
    if (!place.sameBytes()) {
      return new Step.Contradicted(place.dataKey());
    }
    return found.isEmpty()
        ? new Step.PutTombstone(step.mine(), step.places())
        : new Step.Found(place);
  }

  /** Once the tombstone lies there the roll can never be stored; else look again what does. */
  public static Step.Check afterTombstone(Step.PutTombstone step, PutResult result) {
    return result instanceof PutResult.Stored
        ? next(step.mine(), rest(step.places()))
        : new Step.LookAtPlace(step.mine(), step.places());
  }

  private static Step.Check next(Claim mine, List<Place> places) {
    return places.isEmpty() ? new Step.NotThere(mine) : new Step.LookAtPlace(mine, places);
  }

  private static List<Place> rest(List<Place> places) {
    return places.subList(1, places.size());
  }
}
