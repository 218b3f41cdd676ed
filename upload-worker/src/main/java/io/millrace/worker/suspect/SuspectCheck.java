package io.millrace.worker.suspect;

import io.millrace.worker.exactlyonce.Step;
import io.millrace.worker.settle.HeldBatch;
import java.util.List;

/**
 * Finds out what became of batches before they came again: {@link HourCheck}.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface SuspectCheck {
  /**
   * Returns once the store has told what became of each suspect, however long that takes.
   *
   * @param suspects of one hour, at least one
   * @return {@link Step.Found}, {@link Step.NotThere}, {@link Step.Contradicted}, {@link
   *     Step.Refused} or {@link Step.Open} for each, in order
   * @throws InterruptedException if told to stop; the suspects may be claimed, or not
   */
  List<Step.Check> run(List<HeldBatch> suspects) throws InterruptedException;
}
