package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.Letter;

/**
 * Deletes letters for good.
 *
 * @param letters where they lie
 */
record Drop(DeadLetterQueue letters) implements LetterAction {
  @Override
  public String done() {
    return "dropped";
  }

  @Override
  public Outcome act(Letter letter) {
    String fault = letters.delete(letter);
    return fault == null ? new Outcome.Done() : new Outcome.Failed(fault);
  }
}
