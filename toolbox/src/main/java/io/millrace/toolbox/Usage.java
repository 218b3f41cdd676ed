package io.millrace.toolbox;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words without Java's. Stateless and thread-safe. */
final class Usage {
  private static final Pattern CONVERSION =
      Pattern.compile("cannot convert '.*' to \\w+ \\([\\w.$]+(?:: (.*))?\\)$", Pattern.DOTALL);

  private Usage() {}

  /** The fault, with what may have been meant. */
  static String text(ParameterException wrong) {
    String text = plain(String.valueOf(wrong.getMessage()));
    List<String> meant =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return meant.isEmpty() ? text : text + "; did you mean " + String.join(" or ", meant) + "?";
  }

  private static String plain(String text) {
    return CONVERSION
        .matcher(text)
        .replaceFirst("$1")
        .replaceFirst("is not an? (double|float)$", "is no number")
        .replaceFirst("is not an? (int|long)$", "is no whole number");
  }
}
