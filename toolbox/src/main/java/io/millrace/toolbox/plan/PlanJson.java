package io.millrace.toolbox.plan;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A plan for machines: fields may be added, none changes within a version. Stateless and
 * thread-safe.
 */
final class PlanJson {
  private static final int VERSION = 2;
  private static final JsonMapper JSON = new JsonMapper();

  private PlanJson() {}

  /** The document, in one line. */
  static String of(Plan plan, @Nullable CostTable table) {
    ObjectNode root = JSON.createObjectNode().put("v", VERSION);
    ArrayNode figures = root.putArray("figures");
    for (Section section : plan.sections()) {
      for (Figure figure : section.figures()) {
        figures
            .addObject()
            .put("section", section.title())
            .put("name", figure.name())
            .put("value", figure.value())
            .put("unit", figure.unit())
            .put("formula", figure.formula());
      }
    }
    plan.warnings().forEach(root.putArray("warnings")::add);
    plan.notes().forEach(root.putArray("notes")::add);
    if (table != null) {
      table(root.putObject("table"), table);
    }
    return root.toString();
  }

  private static void table(ObjectNode root, CostTable table) {
    table.lingersMs().forEach(root.putArray("lingerMs")::add);
    ArrayNode rows = root.putArray("rows");
    for (CostTable.Row row : table.rows()) {
      ObjectNode each = rows.addObject();
      each.put("requestsPerSecondOfANode", row.perSecond()).put("nodes", row.nodes());
      row.dollars().forEach(each.putArray("dollarsPerMillionRequests")::add);
    }
    root.put("quiet", table.quiet());
  }
}
