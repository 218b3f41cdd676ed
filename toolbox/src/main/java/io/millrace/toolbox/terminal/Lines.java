package io.millrace.toolbox.terminal;

import java.util.ArrayList;
import java.util.List;

/** How text gets onto a terminal without breaking. Stateless and thread-safe. */
public final class Lines {
  /** Columns that any terminal has. */
  public static final int COLUMNS = 80;

  private Lines() {}

  /**
   * Words in lines of at most {@link #COLUMNS}, where a word is not longer than that by itself.
   *
   * @param before what the first line begins with; the others have blanks in its place
   * @return at least one line
   */
  public static List<String> wrapped(String before, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(before);
    for (String word : text.split(" ", -1)) {
      boolean first = line.length() == before.length();
      if (!first && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(" ".repeat(before.length()));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return List.copyOf(lines);
  }

  /**
   * What writes a text where the one before stood. What is wider than the terminal is now is cut by
   * the terminal, so that nothing scrolls.
   */
  public static String redrawn(String text) {
    return "\r\u001b[?7l\u001b[K" + text + "\u001b[?7h";
  }
}
