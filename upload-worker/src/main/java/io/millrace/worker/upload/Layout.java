package io.millrace.worker.upload;

import io.millrace.worker.roll.ClosedRoll;
import io.millrace.worker.settle.HeldBatch;
import java.util.List;

/**
 * How closed rolls become objects: {@link RollWriter} or {@link PayloadWriter}.
 *
 * <p>Thread-safe.
 */
public interface Layout {
  /**
   * Returns once each batch of the roll is known to be stored, belongs to another delivery, or is
   * one that the store does not take; however long that takes.
   *
   * @throws InterruptedException if told to stop; the roll may be stored or not
   */
  Settled write(ClosedRoll roll) throws InterruptedException;

  /**
   * What became of a roll's batches; those of neither kind belong to other deliveries.
   *
   * @param written objects that are known to be stored
   * @param setAside batches that the store refuses for good, while it takes others
   */
  record Settled(List<Written> written, List<SetAside> setAside) {
    public Settled {
      written = List.copyOf(written);
      setAside = List.copyOf(setAside);
    }
  }

  /**
   * A batch that the store refuses for good. An earlier try may still store it: its manifest lies
   * there, and whoever sends it again makes it a suspect.
   *
   * @param reason the store's, for the dead letters
   */
  record SetAside(HeldBatch batch, String reason) {}

  /**
   * A roll that is known to be stored.
   *
   * @param roll exactly what is; batches that another delivery has the right to are missing
   * @param objects that hold it
   * @param bytes of these objects
   */
  record Written(ClosedRoll roll, long objects, long bytes) {}
}
