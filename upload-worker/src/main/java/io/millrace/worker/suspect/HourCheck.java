package io.millrace.worker.suspect;

import io.millrace.codec.MessageHeader;
import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.object.Content;
import io.millrace.object.PutResult;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.exactlyonce.StoreOnceRules;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.Refusals;
import io.millrace.worker.store.StoreCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of batches before they came again. Makes the calls that {@link
 * StoreOnceRules} decides on for the suspects of one hour together: one look at their claims, a
 * claim each, then one look at the hour's manifests.
 *
 * <p>Thread-safe if {@code random} is.
 */
public final class HourCheck {
  private final StoreCalls calls;
  private final Claims claims;
  private final ManifestCache cache;
  private final RandomGenerator random;
  private final CheckMetrics metrics;

  /**
   * @param random source of claims' random parts
   */
  public HourCheck(
      StoreCalls calls,
      Claims claims,
      ManifestCache cache,
      RandomGenerator random,
      CheckMetrics metrics) {
    this.calls = calls;
    this.claims = claims;
    this.cache = cache;
    this.random = random;
    this.metrics = metrics;
  }

  /**
   * Returns once the store has told what became of each suspect, however long that takes.
   *
   * @param suspects of one hour, at least one
   * @return {@link Step.Found}, {@link Step.NotThere}, {@link Step.Contradicted}, {@link
   *     Step.Refused} or {@link Step.Open} for each, in order
   * @throws InterruptedException if told to stop; the suspects may be claimed, or not
   */
  List<Step.Check> run(List<HeldBatch> suspects) throws InterruptedException {
    List<Step.Check> ends = calls.during(() -> look(suspects));
    metrics.checked(ends);
    return ends;
  }

  private List<Step.Check> look(List<HeldBatch> suspects) throws InterruptedException {
    Hour hour = suspects.get(0).hour();
    Set<String> batches =
        suspects.stream().map(s -> s.header().batch()).collect(Collectors.toSet());
    List<Step.Check> claimed = claim(hour, suspects, claims.to(hour, batches));
    HourManifests manifests = cache.of(hour);
    Naming naming = manifests.naming(batches);
    String unread = mayHold(naming.unread(), manifests);
    List<Step.Check> ends = new ArrayList<>(suspects.size());
    for (int i = 0; i < suspects.size(); i++) {
      Step.Check end = claimed.get(i);
      if (end instanceof Step.ListManifests list) {
        MessageHeader header = suspects.get(i).header();
        List<Place> places =
            naming.of(header.batch()).stream().map(n -> n.placeFor(header.crc32c())).toList();
        end = lookAt(StoreOnceRules.afterManifests(list, places), manifests);
      }
      ends.add(end instanceof Step.NotThere && unread != null ? new Step.Open(unread) : end);
    }
    return ends;
  }

  /**
   * Claims each suspect by itself: one whose claim the store refuses, or whose name an earlier one
   * has with other bytes, holds up none of the others.
   *
   * @return {@link Step.ListManifests} for those that are claimed, their end for the others
   */
  private List<Step.Check> claim(
      Hour hour, List<HeldBatch> suspects, Map<String, List<Claim>> listed)
      throws InterruptedException {
    List<Step.Check> claimed = new ArrayList<>(suspects.size());
    Map<String, String> crcs = new HashMap<>();
    for (HeldBatch suspect : suspects) {
      String batch = suspect.header().batch();
      String crc = suspect.header().crc32c();
      claimed.add(
          crc.equals(crcs.merge(batch, crc, (first, later) -> first))
              ? claim(hour, batch, listed.getOrDefault(batch, List.of()))
              : new Step.Contradicted("it came just before"));
    }
    return claimed;
  }

  private Step.Check claim(Hour hour, String batch, List<Claim> listed)
      throws InterruptedException {
    Refusals refusals = new Refusals();
    Step.Check step = StoreOnceRules.afterOwnClaims(listed, random);
    while (step instanceof Step.PutClaim put) {
      if (refusals.isForGood()) {
        return new Step.Refused(refusals.reason());
      }
      step = StoreOnceRules.afterClaim(put, refusals.count(claims.put(hour, batch, put.mine())));
    }
    metrics.claimed();
    return step;
  }

  private Step.Check lookAt(Step.Check first, HourManifests manifests) throws InterruptedException {
    Refusals refusals = new Refusals();
    Step.Check step = first;
    while (true) {
      if (step instanceof Step.LookAtPlace look) {
        step =
            StoreOnceRules.afterLookAtPlace(look, size(look.places().get(0).dataKey(), manifests));
      } else if (step instanceof Step.PutTombstone put) {
        if (refusals.isForGood() || refusals.isHidden()) {
          return new Step.Refused(refusals.reason());
        }
        PutResult result = refusals.count(tombstone(put.places().get(0).dataKey(), manifests));
        if (result instanceof PutResult.Stored) {
          refusals = new Refusals(); // the next place has a key of its own
        }
        step = StoreOnceRules.afterTombstone(put, result);
      } else {
        return step;
      }
    }
  }

  /**
   * Closes the keys of rolls whose manifests can't be read, as those of other rolls that are not
   * stored: then they never will be, and whatever they announce is void.
   *
   * @return the key of a manifest whose roll is stored, or may be; null if there is none
   */
  private @Nullable String mayHold(List<String> unread, HourManifests manifests)
      throws InterruptedException {
    String open = null;
    for (String manifest : unread) {
      open = isVoid(manifests.dataOf(manifest), manifests) ? open : manifest;
    }
    return open;
  }

  private boolean isVoid(String dataKey, HourManifests manifests) throws InterruptedException {
    Refusals refusals = new Refusals();
    OptionalLong size = size(dataKey, manifests);
    while (size.isEmpty()) {
      if (refusals.isForGood() || refusals.isHidden()) {
        return false;
      }
      refusals.count(tombstone(dataKey, manifests));
      size = size(dataKey, manifests);
    }
    return size.getAsLong() <= Codec.ofKey(dataKey).emptyFrame().length;
  }

  private OptionalLong size(String dataKey, HourManifests manifests) throws InterruptedException {
    OptionalLong size = manifests.knownSize(dataKey);
    if (size.isEmpty()) {
      size = calls.size(dataKey);
      size.ifPresent(bytes -> manifests.remember(dataKey, bytes));
    }
    return size;
  }

  private StoreCalls.Put tombstone(String dataKey, HourManifests manifests)
      throws InterruptedException {
    Codec codec = Codec.ofKey(dataKey);
    byte[] frame = codec.emptyFrame();
    StoreCalls.Put put = calls.tryPut("tombstone", dataKey, Content.of(frame), codec.mediaType());
    if (put.result() instanceof PutResult.Stored) {
      manifests.remember(dataKey, frame.length);
      metrics.tombstone();
    }
    return put;
  }
}
