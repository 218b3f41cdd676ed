package io.millrace.toolbox.plan;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan for people to read. One thread's own. */
final class TextReport {
  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints it.
   *
   * @param table null if none was asked for
   */
  void print(Plan plan, @Nullable CostTable table) {
    plan.sections().forEach(this::section);
    if (table != null) {
      table(table);
    }
    plan.warnings().forEach(warning -> out.println("WARNING  " + warning));
    plan.notes().forEach(note -> out.println("note     " + note));
    out.flush();
  }

  private void section(Section section) {
    out.println(section.title());
    for (Figure figure : section.figures()) {
      String value = Amounts.of(figure.value()) + " " + figure.unit();
      if (figure.unit().startsWith("$")) {
        value = "$" + Amounts.of(figure.value()) + figure.unit().substring(1);
      }
      out.printf(
          Locale.ROOT, "  %-16s %24s   %s%n", figure.name(), value.strip(), figure.formula());
    }
    out.println();
  }

  private void table(CostTable table) {
    out.println(
        "Calls to SQS and S3, US dollars a million requests, by rate of a node and LINGER_MS");
    out.printf(Locale.ROOT, "  %12s %9s", "requests/s", "nodes");
    table.lingersMs().forEach(linger -> out.printf(Locale.ROOT, " %8d", linger));
    out.println();
    for (CostTable.Row row : table.rows()) {
      out.printf(Locale.ROOT, "  %12s %9s", Amounts.of(row.perSecond()), Amounts.of(row.nodes()));
      row.dollars().forEach(dollars -> out.printf(Locale.ROOT, " %8.4f", dollars));
      out.println();
    }
    out.println("  " + table.quiet());
    out.println();
  }
}
