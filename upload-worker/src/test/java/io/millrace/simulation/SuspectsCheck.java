package io.millrace.simulation;

import io.millrace.model.Claim;
import io.millrace.model.Hour;
import io.millrace.object.PutResult;
import io.millrace.worker.exactlyonce.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Checks suspects of one hour together: they share one LIST of claims, and one of manifests once
 * the claims of all lie there; the rest of its check each makes alone.
 */
final class SuspectsCheck {
  private final Parts parts;
  private final RulesUnderTest rules;
  private final Known known;
  private final List<Delivery> suspects;
  private final Consumer<Held> notThere;
  private final Hour hour;
  private final Map<Delivery, Step.ListManifests> claimed = new LinkedHashMap<>();

  /**
   * @param suspects of one hour, not empty
   * @param notThere gets those that may go into a roll
   */
  SuspectsCheck(Parts parts, Known known, List<Delivery> suspects, Consumer<Held> notThere) {
    this.parts = parts;
    this.rules = parts.world().rules();
    this.known = known;
    this.suspects = suspects;
    this.notThere = notThere;
    this.hour = suspects.get(0).hour();
  }

  void start() {
    if (rules.listsManifestsBeforeClaims()) {
      readManifests(listed -> claimAll(rules.suspect(), () -> look(listed)));
    } else {
      claimAll(rules.suspect(), () -> readManifests(this::look));
    }
  }

  /** Goes on when the claims of all suspects lie there. */
  private void claimAll(Step.Check first, Runnable then) {
    if (!(first instanceof Step.ListOwnClaims)) {
      throw new IllegalStateException("no call belongs to " + first);
    }
    String prefix =
        suspects.size() == 1
            ? SimulatedStore.KEYS.claims(hour, suspects.get(0).batch())
            : SimulatedStore.KEYS.claims(hour);
    parts.store().list(parts.process(), prefix, keys -> claim(Claims.byBatch(keys), then));
  }

  private void claim(Map<String, List<Claim>> claims, Runnable then) {
    for (Delivery suspect : suspects) {
      List<Claim> own = claims.getOrDefault(suspect.batch(), List.of());
      claim(suspect, rules.afterOwnClaims(own, parts.world().chance().random()), then);
    }
  }

  private void claim(Delivery suspect, Step.Check step, Runnable then) {
    if (step instanceof Step.PutClaim put) {
      String key = SimulatedStore.KEYS.claim(hour, suspect.batch(), put.mine());
      Consumer<PutResult> goOn = result -> claim(suspect, rules.afterClaim(put, result), then);
      parts.store().put(parts.process(), key, Blob.CLAIM, goOn);
      return;
    }
    claimed.put(suspect, (Step.ListManifests) step);
    if (claimed.size() == suspects.size()) {
      then.run();
    }
  }

  /** Goes on with the keys of the hour's manifests when all of them are known. */
  private void readManifests(Consumer<List<String>> then) {
    String prefix = SimulatedStore.KEYS.manifests(hour);
    parts.store().list(parts.process(), prefix, listed -> readUnread(listed, then));
  }

  private void readUnread(List<String> listed, Consumer<List<String>> then) {
    List<String> unread = new ArrayList<>(listed);
    unread.removeIf(known::hasRead);
    if (unread.isEmpty() || !rules.readsManifests()) {
      then.accept(listed);
      return;
    }
    Consumer<Blob> goOn =
        manifest -> {
          known.read(unread.get(0), manifest);
          readUnread(listed, then);
        };
    parts.store().get(parts.process(), unread.get(0), goOn);
  }

  private void look(List<String> listed) {
    claimed.forEach(
        (suspect, step) ->
            take(suspect, rules.afterManifests(step, known.naming(suspect.batch(), listed))));
  }

  private void take(Delivery suspect, Step.Check step) {
    if (step instanceof Step.LookAtPlace look) {
      look(suspect, look);
    } else if (step instanceof Step.PutTombstone put) {
      close(suspect, put);
    } else if (step instanceof Step.Found found) {
      parts.note("finds " + suspect.batch() + " in " + found.place().dataKey());
      parts.leases().delete(suspect);
    } else if (step instanceof Step.NotThere free) {
      parts.note(suspect.batch() + " is stored nowhere, claim " + free.mine());
      notThere.accept(new Held(suspect, free.mine()));
    } else {
      throw new IllegalStateException("no call belongs to " + step);
    }
  }

  private void look(Delivery suspect, Step.LookAtPlace step) {
    String key = step.places().get(0).dataKey();
    OptionalLong remembered = known.size(key);
    if (remembered.isPresent()) {
      take(suspect, rules.afterLookAtPlace(step, remembered));
      return;
    }
    Consumer<OptionalLong> goOn =
        size -> {
          known.seen(key, rules.toRemember(size));
          take(suspect, rules.afterLookAtPlace(step, size));
        };
    parts.store().head(parts.process(), key, goOn);
  }

  private void close(Delivery suspect, Step.PutTombstone step) {
    String key = step.places().get(0).dataKey();
    Consumer<PutResult> goOn =
        result -> {
          if (result instanceof PutResult.Stored) {
            known.seen(key, OptionalLong.of(Blob.TOMBSTONE.bytes()));
          }
          take(suspect, rules.afterTombstone(step, result));
        };
    parts.store().put(parts.process(), key, Blob.TOMBSTONE, goOn);
  }
}
