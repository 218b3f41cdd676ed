package io.millrace.worker.upload;

import io.millrace.model.Codec;
import io.millrace.object.Content;
import io.millrace.object.PutResult;
import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.exactlyonce.StoreOnceRules;
import io.millrace.worker.exactlyonce.StoreOnceRules.Holding;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.settle.HeldBatch;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.Refusals;
import io.millrace.worker.store.StoreCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One object for a roll: makes the calls that {@link StoreOnceRules} decides on until it is stored.
 *
 * <p>A roll that the store refuses for good while it takes others is split, once its key is closed;
 * a lone batch is set aside. If the store refuses even a tombstone at the key, all batches are set
 * aside, and the key stays announced: should the batches be sent again they are suspects, which go
 * nowhere else before that key is closed. A manifest that is refused is handled as the data, but
 * for the tombstone: without a manifest no data was put.
 *
 * <p>Thread-safe.
 */
public final class RollWriter implements Layout {
  private static final Logger LOG = LoggerFactory.getLogger(RollWriter.class);
  private static final String MANIFEST_TYPE = "application/json";

  /** Suspects close a roll's key now and then; a store that says so of every new key is broken. */
  private static final int MAX_NEW_KEYS = 100;

  private final StoreCalls calls;
  private final Claims claims;
  private final DataKeys keys;
  private final UploadMetrics metrics;
  private final SizeLimit sizes = new SizeLimit();

  /**
   * A roll under one data key: what is written where. All calls of an attempt write the same bytes.
   *
   * @param dataKey new for every attempt
   * @param manifestKey belongs to it
   * @param manifest the exact account of the data
   * @param data the roll's frames
   * @param roll what is written
   */
  private record Attempt(
      String dataKey, String manifestKey, Content manifest, Content data, ClosedRoll roll) {}

  public RollWriter(StoreCalls calls, Claims claims, DataKeys keys, UploadMetrics metrics) {
    this.calls = calls;
    this.claims = claims;
    this.keys = keys;
    this.metrics = metrics;
  }

  @Override
  public Settled write(ClosedRoll roll) throws InterruptedException {
    return calls.during(() -> writeAll(roll));
  }

  private Settled writeAll(ClosedRoll closed) throws InterruptedException {
    List<Written> written = new ArrayList<>(1);
    List<SetAside> aside = new ArrayList<>(0);
    Deque<ClosedRoll> left = new ArrayDeque<>(sizes.parts(closed));
    int newKeys = 0;
    for (ClosedRoll roll = left.poll(); roll != null; roll = left.poll()) {
      Attempt attempt = attempt(roll);
      Refusals refusals = new Refusals();
      Step.Write end = write(attempt, refusals);
      if (end instanceof Step.Stored) {
        sizes.stored();
        written.add(stored(attempt));
      } else if (end instanceof Step.StartAgain again) {
        startAgain(attempt, again.leftOut());
        newKeys += again.leftOut().isEmpty() ? 1 : 0;
        if (newKeys > MAX_NEW_KEYS) {
          throw new IllegalStateException(
              attempt.dataKey() + " is taken, as " + MAX_NEW_KEYS + " new keys before it");
        }
        left.push(roll.without(again.leftOut()));
      } else if (isRefused(end, refusals) && roll.batches().size() > 1) {
        LOG.warn("{} is refused, its batches go into smaller objects", attempt.dataKey());
        if (end instanceof Step.Fenced && refusals.isAboutLength()) {
          sizes.refused(attempt.data().length());
        }
        metrics.split();
        SizeLimit.halves(roll).forEach(left::push);
      } else if (end instanceof Step.NothingLeft) {
        metrics.leftOut(roll.batches().size());
      } else {
        roll.batches().forEach(batch -> aside.add(new SetAside(batch, refusals.reason())));
      }
    }
    return new Settled(written, aside);
  }

  /** Whether the store refuses the roll and its key will never hold it. */
  private static boolean isRefused(Step.Write end, Refusals refusals) {
    return end instanceof Step.Fenced || (end instanceof Step.PutManifest && refusals.isForGood());
  }

  private static Written stored(Attempt attempt) {
    ClosedRoll roll = attempt.roll();
    LOG.info(
        "Stored {}: {} batches, {} payloads, {} bytes, closed by {}",
        attempt.dataKey(),
        roll.batches().size(),
        roll.payloads(),
        attempt.data().length(),
        roll.cause());
    return new Written(roll, 1, attempt.data().length());
  }

  private void startAgain(Attempt attempt, Set<Integer> leftOut) {
    if (leftOut.isEmpty()) {
      metrics.fenced();
      LOG.info("{} is taken, writing its batches under a new key", attempt.dataKey());
    } else {
      metrics.leftOut(leftOut.size());
      LOG.info("{} batches of {} were claimed by others", leftOut.size(), attempt.dataKey());
    }
  }

  private Attempt attempt(ClosedRoll roll) {
    String key = keys.next(roll);
    return new Attempt(
        key, keys.manifest(key), Content.of(roll.manifest(key).toJson()), roll.content(), roll);
  }

  /**
   * Makes calls until there is nothing more to do under this key.
   *
   * @return the step that the store refuses for good, if it does
   */
  private Step.Write write(Attempt attempt, Refusals refusals) throws InterruptedException {
    Step.Write step = announce(attempt, refusals);
    while (true) {
      if (step instanceof Step.ListClaims) {
        step = lookAtClaims(attempt.roll());
      } else if (step instanceof Step.PutData && !refusals.isHidden()) {
        step = putData(attempt, refusals);
      } else if (step instanceof Step.LookAtData) {
        step =
            StoreOnceRules.afterLookAtData(attempt.data().length(), calls.size(attempt.dataKey()));
      } else if (step instanceof Step.PutFence && !refusals.isForGood() && !refusals.isHidden()) {
        step = putFence(attempt, refusals);
      } else if (step instanceof Step.LookAtFence) {
        step =
            StoreOnceRules.afterLookAtFence(attempt.data().length(), calls.size(attempt.dataKey()));
      } else {
        return step;
      }
    }
  }

  private Step.Write announce(Attempt attempt, Refusals refusals) throws InterruptedException {
    Step.Write step = StoreOnceRules.announce();
    boolean isFirst = true;
    while (step instanceof Step.PutManifest && !refusals.isForGood()) {
      PutResult result =
          refusals.count(
              calls.tryPut("manifest", attempt.manifestKey(), attempt.manifest(), MANIFEST_TYPE));
      step = StoreOnceRules.afterManifest(result, isFirst);
      isFirst = false;
    }
    if (!(step instanceof Step.PutManifest)) {
      refusals.reset();
    }
    return step;
  }

  /** A roll that never gets an answer may be too long; a lone batch can't be made shorter. */
  private Step.Write putData(Attempt attempt, Refusals refusals) throws InterruptedException {
    String mediaType = attempt.roll().key().codec().mediaType();
    PutResult result =
        refusals.count(calls.tryPut("data", attempt.dataKey(), attempt.data(), mediaType));
    boolean canSplit = attempt.roll().batches().size() > 1;
    if (refusals.isForGood() || (canSplit && refusals.isNeverAnswered())) {
      refusals.reset();
      return StoreOnceRules.fence();
    }
    return StoreOnceRules.afterData(result);
  }

  /** If that gets no answer either it is the store, not the length: the data is put again. */
  private Step.Write putFence(Attempt attempt, Refusals refusals) throws InterruptedException {
    Codec codec = attempt.roll().key().codec();
    Content tombstone = Content.of(codec.emptyFrame());
    PutResult result =
        refusals.count(calls.tryPut("tombstone", attempt.dataKey(), tombstone, codec.mediaType()));
    Step.Write step = StoreOnceRules.afterFence(result);
    return step instanceof Step.PutFence && refusals.isUncounted() ? new Step.PutData() : step;
  }

  private Step.Write lookAtClaims(ClosedRoll roll) throws InterruptedException {
    List<Holding> holdings = roll.batches().stream().map(RollWriter::holding).toList();
    Set<String> batches = holdings.stream().map(Holding::batch).collect(Collectors.toSet());
    return StoreOnceRules.afterClaims(holdings, claims.greatest(roll.key().hour(), batches));
  }

  private static Holding holding(HeldBatch batch) {
    return new Holding(batch.header().batch(), batch.claim());
  }
}
