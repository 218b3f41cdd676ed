package io.millrace.worker.object;

import io.millrace.worker.process.ClosedRoll;
import java.util.Optional;

/**
 * How closed rolls become objects: {@link RollWriter} or {@link PayloadWriter}.
 *
 * <p>Thread-safe.
 */
public interface Layout {
  /**
   * Returns once the roll is known to be stored, however long that takes.
   *
   * @return empty if other deliveries have the right to all of its batches
   * @throws InterruptedException if told to stop; the roll may be stored or not
   */
  Optional<Written> write(ClosedRoll roll) throws InterruptedException;

  /**
   * A roll that is known to be stored.
   *
   * @param roll exactly what is; batches that another delivery has the right to are missing
   * @param objects that hold it
   * @param bytes of these objects
   */
  record Written(ClosedRoll roll, long objects, long bytes) {}
}
