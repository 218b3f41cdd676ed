package io.millrace.worker.object;

import io.millrace.object.Content;
import io.millrace.worker.once.Holding;
import io.millrace.worker.once.OnceRules;
import io.millrace.worker.once.Step;
import io.millrace.worker.process.ClosedRoll;
import io.millrace.worker.process.HeldBatch;
import io.millrace.worker.store.Claims;
import io.millrace.worker.store.StoreCalls;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One object for a roll: makes the calls that {@link OnceRules} decides on until it is stored.
 *
 * <p>Thread-safe.
 */
public final class RollWriter implements Layout {
  private static final Logger LOG = LoggerFactory.getLogger(RollWriter.class);
  private static final String MANIFEST_TYPE = "application/json";

  private final StoreCalls calls;
  private final Claims claims;
  private final DataKeys keys;
  private final UploadMetrics metrics;

  public RollWriter(StoreCalls calls, Claims claims, DataKeys keys, UploadMetrics metrics) {
    this.calls = calls;
    this.claims = claims;
    this.keys = keys;
    this.metrics = metrics;
  }

  @Override
  public Optional<Written> write(ClosedRoll roll) throws InterruptedException {
    return calls.during(() -> writeSome(roll));
  }

  private Optional<Written> writeSome(ClosedRoll closed) throws InterruptedException {
    ClosedRoll roll = closed;
    while (true) {
      Attempt attempt = attempt(roll);
      Step.Write end = write(attempt);
      if (end instanceof Step.Stored) {
        LOG.info(
            "Stored {}: {} batches, {} payloads, {} bytes, closed by {}",
            attempt.dataKey(),
            roll.batches().size(),
            roll.payloads(),
            attempt.data().length(),
            roll.cause());
        return Optional.of(new Written(roll, 1, attempt.data().length()));
      }
      if (end instanceof Step.StartAgain again) {
        startAgain(attempt, again.leftOut());
        roll = roll.without(again.leftOut());
      } else {
        metrics.leftOut(roll.batches().size());
        return Optional.empty();
      }
    }
  }

  private void startAgain(Attempt attempt, Set<Integer> leftOut) {
    if (leftOut.isEmpty()) {
      metrics.fenced();
      LOG.info("{} is fenced, writing its batches under a new key", attempt.dataKey());
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

  /** Makes calls until there is nothing more to do under this key. */
  private Step.Write write(Attempt attempt) throws InterruptedException {
    Step.Write step = OnceRules.announce();
    while (true) {
      if (step instanceof Step.PutManifest) {
        step =
            OnceRules.afterManifest(
                calls.put("manifest", attempt.manifestKey(), attempt.manifest(), MANIFEST_TYPE));
      } else if (step instanceof Step.ListClaims) {
        step = lookAtClaims(attempt.roll());
      } else if (step instanceof Step.PutData) {
        String mediaType = attempt.roll().partition().codec().mediaType();
        step = OnceRules.afterData(calls.put("data", attempt.dataKey(), attempt.data(), mediaType));
      } else if (step instanceof Step.LookAtData) {
        step = OnceRules.afterLookAtData(attempt.data().length(), calls.size(attempt.dataKey()));
      } else {
        return step;
      }
    }
  }

  private Step.Write lookAtClaims(ClosedRoll roll) throws InterruptedException {
    List<Holding> holdings = roll.batches().stream().map(RollWriter::holding).toList();
    Set<String> batches = holdings.stream().map(Holding::batch).collect(Collectors.toSet());
    return OnceRules.afterClaims(holdings, claims.greatest(roll.partition().hour(), batches));
  }

  private static Holding holding(HeldBatch batch) {
    return new Holding(batch.header().batch(), batch.claim());
  }
}
