package io.millrace.toolbox.plan;

import io.millrace.toolbox.terminal.Lines;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plan for people to read: three lines and what limits bind, in 80 columns; all figures with
 * their formulas if asked for. One thread's own.
 */
final class PlanText {
  private static final String INDENT = "         ";

  private final PrintWriter out;
  private final boolean explain;

  /**
   * @param explain whether to print all figures
   */
  PlanText(PrintWriter out, boolean explain) {
    this.out = out;
    this.explain = explain;
  }

  /**
   * Prints it.
   *
   * @param table null if none was asked for
   */
  void print(Plan plan, @Nullable CostTable table) {
    plan.summary().forEach(out::println);
    plan.warnings().forEach(warning -> wrapped("WARNING  ", warning));
    if (explain) {
      out.println();
      plan.sections().forEach(this::section);
    }
    if (table != null) {
      out.println();
      table(table);
    }
    if (explain) {
      plan.notes().forEach(note -> wrapped("note     ", note));
    } else {
      out.println("All figures with their formulas: --explain");
    }
    out.flush();
  }

  private void section(Section section) {
    out.println(section.title());
    for (Figure figure : section.figures()) {
      String value = Amounts.of(figure.value()) + " " + figure.unit();
      if (figure.unit().startsWith("$")) {
        value = "$" + Amounts.of(figure.value()) + figure.unit().substring(1);
      }
      out.printf(Locale.ROOT, "  %-16s %s%n", figure.name(), value.strip());
      wrapped(INDENT, figure.formula());
    }
    out.println();
  }

  private void wrapped(String before, String text) {
    Lines.wrapped(before, text).forEach(out::println);
  }

  private void table(CostTable table) {
    out.println("Calls to SQS and S3, dollars a million requests, by rate of a node and LINGER_MS");
    out.printf(Locale.ROOT, "  %10s %8s", "requests/s", "nodes");
    table.lingersMs().forEach(linger -> out.printf(Locale.ROOT, " %7d", linger));
    out.println();
    for (CostTable.Row row : table.rows()) {
      out.printf(Locale.ROOT, "  %10s %8s", Amounts.of(row.perSecond()), Amounts.of(row.nodes()));
      row.dollars().forEach(dollars -> out.printf(Locale.ROOT, " %7.4f", dollars));
      out.println();
    }
    wrapped("  ", table.quiet());
    out.println();
  }
}
