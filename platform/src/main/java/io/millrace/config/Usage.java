package io.millrace.config;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in words without Java's, the same for every command. Stateless
 * and thread-safe.
 */
public final class Usage {
  private static final Pattern CONVERSION =
      Pattern.compile("cannot convert '.*' to \\w+ \\([\\w.$]+(?:: (.*))?\\)$", Pattern.DOTALL);

  private Usage() {}

  /** The fault in one line, with what may have been meant, and where to read more. */
  public static String text(ParameterException wrong) {
    String text = plain(String.valueOf(wrong.getMessage()));
    List<String> meant =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return text
        + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?")
        + "; see --help";
  }

  /**
   * Prints it on the command's standard error; for {@link
   * CommandLine#setParameterExceptionHandler}.
   */
  public static int refuse(ParameterException wrong, String[] args) {
    wrong.getCommandLine().getErr().println(text(wrong));
    return CommandLine.ExitCode.USAGE;
  }

  private static String plain(String text) {
    return CONVERSION
        .matcher(text)
        .replaceFirst("$1")
        .replaceFirst("is not an? (double|float)$", "is no number")
        .replaceFirst("is not an? (int|long)$", "is no whole number");
  }
}
