package io.millrace.worker.check;

import io.millrace.model.Claim;
import io.millrace.model.Codec;
import io.millrace.model.Hour;
import io.millrace.object.Content;
import io.millrace.object.PutResult;
import io.millrace.worker.once.OnceRules;
import io.millrace.worker.once.Place;
import io.millrace.worker.once.Step;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.StoreCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Makes the calls that {@link OnceRules} decides on for the suspects of one hour together: one look
 * at their claims, a claim each, then one look at the hour's manifests.
 *
 * <p>Thread-safe if {@code random} is.
 */
public final class HourCheck implements SuspectCheck {
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

  @Override
  public List<Step.Check> run(List<HeldBatch> suspects) throws InterruptedException {
    List<Step.Check> ends = calls.during(() -> look(suspects));
    metrics.checked(ends);
    return ends;
  }

  private List<Step.Check> look(List<HeldBatch> suspects) throws InterruptedException {
    Hour hour = suspects.get(0).hour();
    Set<String> batches =
        suspects.stream().map(s -> s.header().batch()).collect(Collectors.toSet());
    List<Step.ListManifests> claimed = claim(hour, suspects, claims.to(hour, batches));
    HourManifests manifests = cache.of(hour);
    Map<String, List<Place>> naming = manifests.naming(batches);
    List<Step.Check> ends = new ArrayList<>(suspects.size());
    for (int i = 0; i < suspects.size(); i++) {
      List<Place> places = naming.getOrDefault(suspects.get(i).header().batch(), List.of());
      ends.add(lookAt(OnceRules.afterManifests(claimed.get(i), places), manifests));
    }
    return ends;
  }

  private List<Step.ListManifests> claim(
      Hour hour, List<HeldBatch> suspects, Map<String, List<Claim>> listed)
      throws InterruptedException {
    List<Step.ListManifests> claimed = new ArrayList<>(suspects.size());
    for (HeldBatch suspect : suspects) {
      String batch = suspect.header().batch();
      Step.Check step = OnceRules.afterOwnClaims(listed.getOrDefault(batch, List.of()), random);
      while (step instanceof Step.PutClaim put) {
        step = OnceRules.afterClaim(put, claims.put(hour, batch, put.mine()));
      }
      metrics.claimed();
      claimed.add((Step.ListManifests) step);
    }
    return claimed;
  }

  private Step.Check lookAt(Step.Check first, HourManifests manifests) throws InterruptedException {
    Step.Check step = first;
    while (true) {
      if (step instanceof Step.LookAtPlace look) {
        step = OnceRules.afterLookAtPlace(look, size(look.places().get(0), manifests));
      } else if (step instanceof Step.PutTombstone put) {
        step = OnceRules.afterTombstone(put, tombstone(put.places().get(0), manifests));
      } else {
        return step;
      }
    }
  }

  private OptionalLong size(Place place, HourManifests manifests) throws InterruptedException {
    OptionalLong size = manifests.knownSize(place.dataKey());
    if (size.isEmpty()) {
      size = calls.size(place.dataKey());
      size.ifPresent(bytes -> manifests.remember(place.dataKey(), bytes));
    }
    return size;
  }

  private PutResult tombstone(Place place, HourManifests manifests) throws InterruptedException {
    Codec codec = Codec.ofKey(place.dataKey());
    byte[] frame = codec.emptyFrame();
    PutResult result =
        calls.put("tombstone", place.dataKey(), Content.of(frame), codec.mediaType());
    if (result instanceof PutResult.Stored) {
      manifests.remember(place.dataKey(), frame.length);
      metrics.tombstone();
    }
    return result;
  }
}
