package io.millrace.worker.object;

import io.millrace.object.ObjectInfo;
import io.millrace.object.PutResult;
import java.util.Optional;

/**
 * How a roll gets into exactly one object: manifest first, then the data, and after an answer that
 * tells nothing the same call again, because only 200 and 412 say what lies at a key. That a batch
 * is in one roll only is not this class's to see.
 *
 * <p>Pure functions of what is known.
 */
final class WriteRules {
  private WriteRules() {}

  /** The first step at a new key. */
  static WriteStep first() {
    return new WriteStep.PutManifest(0);
  }

  /**
   * After putting the manifest. That one is there already means that an earlier try of ours wrote
   * it, since no one else makes this key.
   */
  static WriteStep afterManifest(WriteStep.PutManifest step, PutResult result) {
    return result instanceof PutResult.Unknown
        ? new WriteStep.PutManifest(step.failures() + 1)
        : new WriteStep.PutData(0);
  }

  /** After putting the data. A refusal counts as unknown: an earlier try may still be under way. */
  static WriteStep afterData(WriteStep.PutData step, PutResult result) {
    if (result instanceof PutResult.Stored) {
      return new WriteStep.Stored();
    }
    return result instanceof PutResult.AlreadyThere
        ? new WriteStep.Look(0)
        : new WriteStep.PutData(step.failures() + 1);
  }

  /**
   * After looking at the data key. Only we and whoever fences us write there, so an object of
   * another size is a tombstone.
   *
   * @param ourBytes length of the roll's object
   * @param found what lies there; nothing would contradict the 412, so the data is put once more
   */
  static WriteStep afterLook(WriteStep.Look step, long ourBytes, Optional<ObjectInfo> found) {
    if (found.isEmpty()) {
      return new WriteStep.PutData(step.failures() + 1);
    }
    return found.get().size() == ourBytes ? new WriteStep.Stored() : new WriteStep.TakeNewKey();
  }

  /** After looking without an answer. */
  static WriteStep afterFailedLook(WriteStep.Look step) {
    return new WriteStep.Look(step.failures() + 1);
  }
}
