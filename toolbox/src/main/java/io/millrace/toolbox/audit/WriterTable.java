package io.millrace.toolbox.audit;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The writers of a report, a line for each; too many are cut. One thread's own. */
final class WriterTable {
  private static final int MAX_WRITERS = 40;
  private static final int NAME_WIDTH = 26;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("last", 12, WriterReport::last),
          new Column("stored", 12, writer -> writer.stored().count()),
          new Column("abandoned", 11, writer -> writer.abandoned().count()),
          new Column("double", 8, writer -> writer.doubles().size()),
          new Column("dead-lettered", 15, writer -> writer.deadLettered().count()),
          new Column("missing", 9, writer -> writer.missing().count()),
          new Column("unsettled", 11, writer -> writer.unsettled().count()),
          new Column("open", 8, writer -> writer.open().count()));

  private final PrintWriter out;

  private record Column(String name, int width, ToLongFunction<WriterReport> count) {
    String head() {
      return pad(name);
    }

    String cell(long value) {
      return pad(String.format(Locale.ROOT, "%,d", value));
    }

    private String pad(String text) {
      return " ".repeat(Math.max(1, width - text.length())) + text;
    }
  }

  WriterTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints those that are shown, then the sums. */
  void print(AuditReport report) {
    StringBuilder head = name("writer");
    COLUMNS.forEach(column -> head.append(column.head()));
    out.println(head);
    List<WriterReport> shown = shown(report.writers());
    for (WriterReport writer : shown) {
      StringBuilder row = name(writer.writer());
      COLUMNS.forEach(column -> row.append(column.cell(column.count.applyAsLong(writer))));
      out.println(row);
    }
    int left = report.writers().size() - shown.size();
    if (left > 0) {
      out.println("and " + left + " writers more; --json has all");
    }
    StringBuilder sums = name("all " + report.writers().size());
    COLUMNS.forEach(column -> sums.append(column.cell(report.sum(column.count))));
    out.println(sums);
  }

  private static StringBuilder name(String text) {
    return new StringBuilder(text).append(" ".repeat(NAME_WIDTH - text.length()));
  }

  /** All of them, or the newest, those with findings first; by their ids. */
  static List<WriterReport> shown(List<WriterReport> writers) {
    if (writers.size() <= MAX_WRITERS) {
      return writers;
    }
    List<WriterReport> shown = new ArrayList<>();
    for (boolean clean : new boolean[] {false, true}) {
      for (int i = writers.size() - 1; i >= 0 && shown.size() < MAX_WRITERS; i--) {
        if (writers.get(i).isClean() == clean) {
          shown.add(writers.get(i));
        }
      }
    }
    return writers.stream().filter(shown::contains).toList();
  }
}
