package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.Letter;

/** What is done with a letter. One thread's own. */
interface LetterAction {
  /** How it went. */
  sealed interface Outcome {
    /** The letter is where it should be. */
    record Done() implements Outcome {}

    /** It is still among the dead letters. */
    record Failed(String why) implements Outcome {}

    /** Nothing was done with it. */
    record LeftOut(String why) implements Outcome {}
  }

  /** Done with a letter, such as {@code sent}. */
  String done();

  /** Does it. */
  Outcome act(Letter letter) throws InterruptedException;
}
