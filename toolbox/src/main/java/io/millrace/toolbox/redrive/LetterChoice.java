package io.millrace.toolbox.redrive;

import io.millrace.toolbox.letters.Letter;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which letters a command is to act on, and whether it is to act at all. One thread's own. */
final class LetterChoice {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      showDefaultValue = Visibility.NEVER,
      description = "Letters, as list tells them.")
  private final Set<String> ids = new LinkedHashSet<>();

  @Option(names = "--all", description = "All letters.")
  private boolean all;

  @Option(
      names = "--reason",
      showDefaultValue = Visibility.NEVER,
      paramLabel = "TEXT",
      description = "With --all: only those whose reason holds this text.")
  private String reason = "";

  @Option(names = "--yes", description = "Do it. Without it nothing is changed.")
  private boolean yes;

  /** Refuses a choice that says nothing, or two things. */
  void check(CommandLine command) {
    if (all != ids.isEmpty()) {
      throw new ParameterException(command, "name letters by their ids, or all of them by --all");
    }
    if (!all && !reason.isEmpty()) {
      throw new ParameterException(command, "--reason goes with --all, not with ids");
    }
  }

  /** Whether to act, rather than to say what would be done. */
  boolean isMeant() {
    return yes;
  }

  /** Whether a letter is meant; one that was named is no longer looked for then. */
  boolean takes(Letter letter) {
    return all ? letter.reason().contains(reason) : ids.remove(letter.id());
  }

  /** Whether every letter that was named has been taken; never of all letters. */
  boolean isComplete() {
    return !all && ids.isEmpty();
  }

  /** The ids that were named and not taken yet. */
  Set<String> missing() {
    return ids;
  }

  /** What to tell of an id that is none. */
  static String noSuchLetter(String id) {
    return "no dead letter "
        + Printable.of(id)
        + " to be seen (if another look at them is under way, try again in 2 minutes)";
  }
}
