package io.millrace.toolbox.audit.say;

import io.millrace.toolbox.audit.judge.WriterReport;
import io.millrace.toolbox.terminal.Lines;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The writers of a report in 80 columns, a line for each; too many are cut. Columns that are 0 all
 * over are named below the table. If the others don't fit beside the writer's id they stand in a
 * line below it. One thread's own.
 */
final class WriterTable {
  private static final int MAX_WRITERS = 40;
  private static final int NAME_WIDTH = 26;
  private static final int INDENT = 2;

  private static final List<Column> ALWAYS =
      List.of(
          new Column("last", WriterReport::last),
          new Column("stored", writer -> writer.stored().count()));

  private static final List<Column> WHERE_SOME =
      List.of(
          new Column("abandoned", writer -> writer.abandoned().count()),
          new Column("double", writer -> writer.doubles().size()),
          new Column("dead-lettered", writer -> writer.deadLettered().count()),
          new Column("missing", writer -> writer.missing().count()),
          new Column("unsettled", writer -> writer.unsettled().count()),
          new Column("open", writer -> writer.open().count()));

  private final PrintWriter out;

  private record Column(String name, ToLongFunction<WriterReport> count) {}

  /** Texts that stand below each other. */
  private record Cells(List<String> texts, int width) {
    String padded(int row) {
      String text = texts.get(row);
      return " ".repeat(width - text.length()) + text;
    }
  }

  WriterTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints those that are shown, then the sums. */
  void print(AuditReport report) {
    List<WriterReport> shown = shown(report.writers());
    List<Column> columns = new ArrayList<>(ALWAYS);
    List<String> none = new ArrayList<>();
    for (Column column : WHERE_SOME) {
      if (report.sum(column.count) > 0) {
        columns.add(column);
      } else {
        none.add(column.name);
      }
    }
    rows(shown, report, columns.stream().map(column -> cells(column, shown, report)).toList());
    if (!none.isEmpty()) {
      Lines.wrapped("none          ", String.join(", ", none)).forEach(out::println);
    }
  }

  private static Cells cells(Column column, List<WriterReport> shown, AuditReport report) {
    List<String> texts = new ArrayList<>();
    texts.add(column.name);
    shown.forEach(writer -> texts.add(count(column.count.applyAsLong(writer))));
    texts.add(count(report.sum(column.count)));
    return new Cells(texts, texts.stream().mapToInt(String::length).max().orElse(0));
  }

  private void rows(List<WriterReport> shown, AuditReport report, List<Cells> columns) {
    row("writer", 0, columns);
    for (int i = 0; i < shown.size(); i++) {
      row(shown.get(i).writer(), i + 1, columns);
    }
    int left = report.writers().size() - shown.size();
    if (left > 0) {
      out.println("and " + left + " writers more; --json has all");
    }
    row("all " + report.writers().size(), shown.size() + 1, columns);
  }

  private void row(String name, int row, List<Cells> columns) {
    int width = columns.stream().mapToInt(Cells::width).sum() + columns.size();
    boolean beside = NAME_WIDTH + width <= Lines.COLUMNS;
    StringBuilder line = new StringBuilder(name);
    if (!beside) {
      out.println(line);
      line.setLength(0);
    }
    line.append(" ".repeat((beside ? NAME_WIDTH : INDENT) - line.length()));
    columns.forEach(column -> line.append(' ').append(column.padded(row)));
    out.println(line);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
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
