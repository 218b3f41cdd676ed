package io.millrace.toolbox.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What calls to SQS and S3 cost by rate of a web node and by linger: the same requests on many
 * quiet nodes make more and smaller messages.
 *
 * @param lingersMs of the columns
 * @param rows by falling rate of a node
 * @param quiet how much more many quiet nodes cost, in words
 */
record CostTable(List<Integer> lingersMs, List<Row> rows, String quiet) {
  private static final List<Integer> LINGERS_MS = List.of(5, 10, 20, 50, 100, 200, 1000);
  private static final List<Integer> RATES =
      List.of(10, 50, 100, 500, 1000, 2000, 5000, 10_000, 20_000);
  private static final int QUIET_NODES = 200;

  /**
   * One rate of a node.
   *
   * @param nodes that the whole rate takes then
   * @param dollars for a million requests, by linger
   */
  record Row(double perSecond, double nodes, List<Double> dollars) {}

  /** All rates up to what a node can do and what there is. */
  static CostTable of(Inputs inputs) {
    double total = inputs.load().perSecond();
    double fewest = WebPlan.of(inputs).count();
    TreeSet<Double> rates = new TreeSet<>();
    RATES.forEach(rate -> rates.add((double) rate));
    rates.add(total / fewest);
    rates.add(total / QUIET_NODES);
    double most = inputs.web().instances().capacity(WebPlan.demand(inputs));
    List<Row> rows = new ArrayList<>();
    for (double rate : rates.descendingSet()) {
      if (rate <= Math.max(most, total / fewest) && rate <= total) {
        rows.add(row(inputs, rate));
      }
    }
    return new CostTable(LINGERS_MS, List.copyOf(rows), quiet(inputs, fewest));
  }

  private static Row row(Inputs inputs, double rate) {
    double nodes = inputs.load().perSecond() / rate;
    List<Double> dollars =
        LINGERS_MS.stream().map(linger -> perMillion(inputs, nodes, linger / 1000.0)).toList();
    return new Row(rate, nodes, dollars);
  }

  private static String quiet(Inputs inputs, double fewest) {
    double linger = inputs.web().setup().lingerSeconds();
    double busy = perMillion(inputs, fewest, linger);
    double quiet = perMillion(inputs, QUIET_NODES, linger);
    double total = inputs.load().perSecond();
    return Amounts.fill(
        "%s requests/s at LINGER_MS %s: on %s nodes of %s/s $%s a million requests, on %s nodes of"
            + " %s/s $%s, %s times as much",
        total,
        1000 * linger,
        fewest,
        total / fewest,
        busy,
        QUIET_NODES,
        total / QUIET_NODES,
        quiet,
        quiet / busy);
  }

  /** Nodes may be a fraction: whole ones beside one that does less. */
  private static double perMillion(Inputs inputs, double nodes, double lingerSeconds) {
    double rate = inputs.load().perSecond() / nodes;
    Batching node =
        Batching.of(inputs.load(), rate, lingerSeconds, inputs.web().setup().maxMessageBytes());
    WebPlan web = new WebPlan(inputs, nodes, node);
    StorePlan store = StorePlan.of(inputs, web.messagesPerSecond());
    return new Bill(QueuePlan.of(web, store), store).perMillion();
  }
}
