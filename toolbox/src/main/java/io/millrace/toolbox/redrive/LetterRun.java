package io.millrace.toolbox.redrive;

import io.millrace.codec.MessageHeader;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.Letter;
import io.millrace.toolbox.redrive.LetterAction.Outcome;
import java.io.PrintWriter;
import picocli.CommandLine.ExitCode;

/**
 * Acts on letters one by one and tells each, then the counts: letters taken = done + failed + left
 * out. Used once, by one thread.
 */
final class LetterRun {
  /** Then it is not the letters' fault. */
  private static final int MAX_FAILURES_IN_A_ROW = 10;

  private final DeadLetterQueue letters;
  private final LetterChoice choice;
  private final LetterAction action;
  private final PrintWriter out;
  private final PrintWriter err;
  private long done;
  private long failed;
  private long leftOut;
  private int failuresInARow;

  LetterRun(
      DeadLetterQueue letters,
      LetterChoice choice,
      LetterAction action,
      PrintWriter out,
      PrintWriter err) {
    this.letters = letters;
    this.choice = choice;
    this.action = action;
    this.out = out;
    this.err = err;
  }

  /**
   * Acts on every letter of the choice.
   *
   * @return the exit code: 0 all done, 1 not all, 2 an id that isn't there
   */
  int run() throws InterruptedException {
    letters.visit(this::visit);
    for (String id : choice.missing()) {
      err.println(LetterChoice.noSuchLetter(id));
    }
    if (failuresInARow == MAX_FAILURES_IN_A_ROW) {
      err.println("given up after " + MAX_FAILURES_IN_A_ROW + " failures in a row");
    }
    if (letters.isStopped()) {
      err.println("stopped; what was not yet done is as it was");
    }
    out.println(
        done
            + " "
            + action.done()
            + counts(", failed: ", failed)
            + counts(", left out: ", leftOut));
    if (!choice.isMeant()) {
      out.println("nothing was changed; --yes does it");
    }
    out.flush();
    if (!choice.missing().isEmpty() && !letters.isStopped()) {
      return ExitCode.USAGE;
    }
    return failed == 0 && !letters.isStopped() ? ExitCode.OK : 1;
  }

  private static String counts(String what, long count) {
    return count == 0 ? "" : what + count;
  }

  private boolean visit(Letter letter) throws InterruptedException {
    if (choice.takes(letter)) {
      tell(letter, action.act(letter));
    }
    return !choice.isComplete() && failuresInARow < MAX_FAILURES_IN_A_ROW;
  }

  private void tell(Letter letter, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failure) {
      failed++;
      failuresInARow++;
      err.println(letter.id() + " failed: " + failure.why());
      return;
    }
    failuresInARow = 0;
    if (outcome instanceof Outcome.LeftOut left) {
      leftOut++;
      err.println(letter.id() + " left out: " + left.why());
      return;
    }
    done++;
    out.println(action.done() + "  " + letter.id() + "  " + about(letter));
  }

  private static String about(Letter letter) {
    MessageHeader header = letter.header();
    return (header == null ? "-" : header.batch())
        + "  "
        + Printable.of(letter.reason())
        + (letter.isDecodable() ? "" : "  (no worker of this version can use it)");
  }
}
