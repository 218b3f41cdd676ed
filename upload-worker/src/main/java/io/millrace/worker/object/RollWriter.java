package io.millrace.worker.object;

import io.millrace.object.Content;
import io.millrace.object.ObjectInfo;
import io.millrace.object.ObjectStore;
import io.millrace.object.ObjectStoreException;
import io.millrace.object.PutResult;
import io.millrace.pace.Backoff;
import io.millrace.pace.FailureStreak;
import io.millrace.worker.process.ClosedRoll;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls that {@link WriteRules} decides on until a roll is stored.
 *
 * <p>Thread-safe.
 */
public final class RollWriter {
  private static final Logger LOG = LoggerFactory.getLogger(RollWriter.class);
  private static final String MANIFEST_TYPE = "application/json";

  private final ObjectStore store;
  private final DataKeys keys;
  private final Duration putTimeout;
  private final Backoff backoff;
  private final UploadMetrics metrics;
  private final FailureStreak streak = new FailureStreak();

  /**
   * @param putTimeout for each call of a PUT
   * @param backoff before each further try
   */
  public RollWriter(
      ObjectStore store,
      DataKeys keys,
      Duration putTimeout,
      Backoff backoff,
      UploadMetrics metrics) {
    this.store = store;
    this.keys = keys;
    this.putTimeout = putTimeout;
    this.backoff = backoff;
    this.metrics = metrics;
  }

  /**
   * Returns once the roll is known to be stored, however long that takes.
   *
   * @param lease kept before each further try
   * @return the key of its data object
   * @throws InterruptedException if told to stop; the roll may be stored or not
   */
  String write(ClosedRoll roll, Lease lease) throws InterruptedException {
    Attempt attempt = attempt(roll);
    WriteStep step = WriteRules.first();
    while (!(step instanceof WriteStep.Stored)) {
      if (step instanceof WriteStep.TakeNewKey) {
        metrics.fenced();
        LOG.info("{} is fenced, writing its batches under a new key", attempt.dataKey());
        attempt = attempt(roll);
        step = WriteRules.first();
      }
      if (step.failuresBefore() > 0) {
        metrics.retried();
        lease.keep();
        backoff.pauseAfter(step.failuresBefore());
      }
      step = take(step, attempt);
    }
    return attempt.dataKey();
  }

  private Attempt attempt(ClosedRoll roll) {
    String key = keys.next(roll);
    return new Attempt(
        key,
        keys.manifest(key),
        Content.of(roll.manifest(key).toJson()),
        roll.content(),
        roll.partition().codec().mediaType());
  }

  private WriteStep take(WriteStep step, Attempt attempt) {
    if (step instanceof WriteStep.PutManifest put) {
      return WriteRules.afterManifest(
          put, put("manifest", attempt.manifestKey(), attempt.manifest(), MANIFEST_TYPE));
    }
    if (step instanceof WriteStep.PutData put) {
      return WriteRules.afterData(
          put, put("data", attempt.dataKey(), attempt.data(), attempt.mediaType()));
    }
    if (step instanceof WriteStep.Look look) {
      return look(look, attempt);
    }
    throw new IllegalArgumentException("no call belongs to " + step);
  }

  private PutResult put(String kind, String key, Content content, String mediaType) {
    PutResult result =
        metrics.timed(kind, () -> store.putIfAbsent(key, content, mediaType, putTimeout));
    if (result instanceof PutResult.Unknown unknown) {
      failed(unknown.cause());
    } else {
      answered();
    }
    return result;
  }

  private WriteStep look(WriteStep.Look step, Attempt attempt) {
    Optional<ObjectInfo> found;
    try {
      found = store.head(attempt.dataKey());
    } catch (ObjectStoreException e) {
      failed(e);
      return WriteRules.afterFailedLook(step);
    }
    answered();
    return WriteRules.afterLook(step, attempt.data().length(), found);
  }

  private void failed(ObjectStoreException cause) {
    if (streak.failed()) {
      LOG.warn("Store fails ({} in a row), trying again: {}", streak.length(), cause.getMessage());
    }
  }

  private void answered() {
    int failures = streak.succeeded();
    if (failures > 0) {
      LOG.info("Store answers again after {} failures in a row", failures);
    }
  }
}
