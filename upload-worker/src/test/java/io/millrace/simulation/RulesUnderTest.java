package io.millrace.simulation;

import io.millrace.model.Claim;
import io.millrace.object.PutResult;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.exactlyonce.StoreOnceRules;
import io.millrace.worker.exactlyonce.StoreOnceRules.Holding;
import io.millrace.worker.exactlyonce.StoreOnceRules.Place;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@link StoreOnceRules}, and what those who call it keep to; one of the rules may be switched off.
 */
public final class RulesUnderTest {
  private final @Nullable Rule off;
  private final Set<Class<? extends Step>> taken = new HashSet<>();

  /**
   * @param off the rule that is not kept; null if all are
   */
  public RulesUnderTest(@Nullable Rule off) {
    this.off = off;
  }

  /** Which kinds of steps were decided on. */
  Set<Class<? extends Step>> taken() {
    return taken;
  }

  private <S extends Step> S take(S step) {
    taken.add(step.getClass());
    return step;
  }

  boolean isSuspect(Delivery delivery) {
    Message message = delivery.message();
    return StoreOnceRules.isSuspect(
        off == Rule.RECEIVED_AGAIN_IS_SUSPECT ? 1 : delivery.receiveCount(),
        message.resent() || message.deadLetter(),
        off == Rule.SENT_LATE_IS_SUSPECT ? message.openedMs() : delivery.sentMs(),
        message.openedMs());
  }

  Message furtherTry(Message message, long clockMs) {
    Message again = off == Rule.RESENT_IS_MARKED ? message : message.asResent();
    return off == Rule.OPENED_STAYS ? again.openedAt(clockMs) : again;
  }

  Message redriven(String id, Message letter) {
    Message again = letter.copyOf(id).withDeadLetter(false);
    return off == Rule.REDRIVE_IS_MARKED ? again : again.asResent();
  }

  public boolean overwrites() {
    return off == Rule.NO_OVERWRITE;
  }

  public boolean takesNewKey() {
    return off != Rule.NEW_KEY_PER_ATTEMPT;
  }

  /**
   * The manifest of a roll's next attempt.
   *
   * @param before that of the attempt before
   */
  Blob manifestOf(Blob data, Blob before) {
    return off == Rule.MANIFEST_IS_EXACT ? new Blob(data.bytes(), before.batches()) : data;
  }

  public Step.Write announce() {
    return take(
        off == Rule.MANIFEST_BEFORE_DATA ? new Step.ListClaims() : StoreOnceRules.announce());
  }

  /** Nobody else makes the key in the model, so a manifest that is there is one's own. */
  public Step.Write afterManifest(PutResult result) {
    Step.Write next = StoreOnceRules.afterManifest(result, false);
    if (next instanceof Step.ListClaims && off == Rule.MANIFEST_BEFORE_DATA) {
      next = new Step.Stored();
    } else if (next instanceof Step.ListClaims && off == Rule.CLAIMS_ARE_LOOKED_AT_BEFORE_DATA) {
      next = new Step.PutData();
    }
    return take(next);
  }

  public Step.Write afterClaims(List<Holding> roll, Map<String, Claim> greatest) {
    return take(StoreOnceRules.afterClaims(roll, greatest));
  }

  public Step.Write afterData(PutResult result) {
    boolean unknown = result instanceof PutResult.Unknown;
    if (unknown && off == Rule.SAME_KEY_AFTER_UNKNOWN) {
      return take(new Step.StartAgain(Set.of()));
    }
    if (unknown && off == Rule.DELETE_AFTER_STORED) {
      return take(new Step.Stored());
    }
    if (result instanceof PutResult.AlreadyThere && off == Rule.CONFLICT_IS_LOOKED_AT) {
      return take(new Step.Stored());
    }
    return take(announceNow(StoreOnceRules.afterData(result)));
  }

  public Step.Write afterLookAtData(long ourBytes, OptionalLong found) {
    return take(announceNow(StoreOnceRules.afterLookAtData(ourBytes, found)));
  }

  /** The key of a roll is given up, though a try to write it may be under way. */
  Step.Write fence() {
    return take(off == Rule.FENCE_BEFORE_SPLIT ? new Step.Fenced() : StoreOnceRules.fence());
  }

  Step.Write afterFence(PutResult result) {
    return take(StoreOnceRules.afterFence(result));
  }

  Step.Write afterLookAtFence(long ourBytes, OptionalLong found) {
    return take(StoreOnceRules.afterLookAtFence(ourBytes, found));
  }

  private Step.Write announceNow(Step.Write next) {
    boolean late = off == Rule.MANIFEST_BEFORE_DATA && next instanceof Step.Stored;
    return late ? new Step.PutManifest() : next;
  }

  public Step.Check suspect() {
    return take(StoreOnceRules.suspect());
  }

  boolean listsManifestsBeforeClaims() {
    return off == Rule.MANIFESTS_ARE_LISTED_AFTER_CLAIM;
  }

  boolean readsManifests() {
    return off != Rule.MANIFESTS_ARE_READ;
  }

  /** What may be remembered of a look at a data key. */
  OptionalLong toRemember(OptionalLong size) {
    boolean absent = off == Rule.ABSENCE_IS_NOT_REMEMBERED && size.isEmpty();
    return absent ? OptionalLong.of(Blob.TOMBSTONE.bytes()) : size;
  }

  public Step.Check afterOwnClaims(Collection<Claim> listed, RandomGenerator random) {
    RandomGenerator source = off == Rule.RANDOM_BREAKS_TIES ? () -> 7 : random;
    Step.Check next = StoreOnceRules.afterOwnClaims(listed, source);
    return off == Rule.CLAIM_IS_PUT && next instanceof Step.PutClaim put
        ? take(new Step.ListManifests(put.mine()))
        : take(next);
  }

  public Step.Check afterClaim(Step.PutClaim step, PutResult result) {
    return take(StoreOnceRules.afterClaim(step, result));
  }

  public Step.Check afterManifests(Step.ListManifests step, List<Place> naming) {
    return take(StoreOnceRules.afterManifests(step, naming));
  }

  public Step.Check afterLookAtPlace(Step.LookAtPlace step, OptionalLong found) {
    Step.Check next = StoreOnceRules.afterLookAtPlace(step, found);
    return off == Rule.TOMBSTONE_IS_PUT && next instanceof Step.PutTombstone put
        ? take(StoreOnceRules.afterTombstone(put, new PutResult.Stored()))
        : take(next);
  }

  public Step.Check afterTombstone(Step.PutTombstone step, PutResult result) {
    return take(StoreOnceRules.afterTombstone(step, result));
  }
}
