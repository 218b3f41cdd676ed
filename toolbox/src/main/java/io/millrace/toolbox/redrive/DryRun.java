package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.Letter;

/**
 * Says what would be done.
 *
 * @param done such as {@code would be sent}
 */
record DryRun(String done) implements LetterAction {
  @Override
  public Outcome act(Letter letter) {
    return new Outcome.Done();
  }
}
