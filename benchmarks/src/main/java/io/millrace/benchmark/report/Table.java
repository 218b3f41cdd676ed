package io.millrace.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** A table of texts, as Markdown that is aligned for the eye too. One thread's own. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> head) {
    rows.add(List.copyOf(head));
  }

  /** Adds a row with as many cells as the head. */
  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** The first column to the left, the others, which are figures, to the right. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    int columns = rows.get(0).size();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns; column++) {
        String cell = rows.get(row).get(column);
        String fill = " ".repeat(width(column) - cell.length());
        text.append("| ").append(column == 0 ? cell + fill : fill + cell).append(' ');
      }
      text.append("|\n");
      if (row == 0) {
        for (int column = 0; column < columns; column++) {
          String line = "-".repeat(width(column) + 1);
          text.append('|').append(column == 0 ? line + "-" : line + ":");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
