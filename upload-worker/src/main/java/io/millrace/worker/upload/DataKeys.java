package io.millrace.worker.upload;

import io.millrace.model.ObjectKeys;
import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.roll.ClosedRoll.RollKey;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names objects; never the same name twice in one run of the worker.
 *
 * <p>Thread-safe.
 */
public final class DataKeys {
  private final ObjectKeys keys;
  private final String worker;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * @param worker id of this run, new at every process start
   */
  public DataKeys(ObjectKeys keys, String worker) {
    this.keys = keys;
    this.worker = worker;
  }

  /** A new data key for the roll. */
  String next(ClosedRoll roll) {
    RollKey key = roll.key();
    return keys.data(key.hour(), roll.closedMs(), worker, numbers.incrementAndGet(), key.codec());
  }

  /** The key of the manifest of a data key. */
  String manifest(String dataKey) {
    return keys.manifest(dataKey);
  }
}
