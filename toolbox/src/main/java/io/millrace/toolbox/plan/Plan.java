package io.millrace.toolbox.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a rate.
 *
 * @param sections in the order of the data's way, the bill last
 * @param summary three lines: what it takes, what it costs, and what of that the calls are
 * @param notes what it rests on
 */
record Plan(List<Section> sections, List<String> summary, List<String> notes) {
  static Plan of(Inputs inputs) {
    WebPlan web = WebPlan.of(inputs);
    StorePlan store = StorePlan.of(inputs, web.messagesPerSecond());
    QueuePlan queue = QueuePlan.of(web, store);
    Bill bill = new Bill(queue, store);
    return new Plan(
        List.of(web.section(), queue.section(), store.section(), bill.section()),
        List.of(takes(web, store), bill.costs(), bill.calls()),
        notes(inputs));
  }

  private static String takes(WebPlan web, StorePlan store) {
    return Amounts.fill(
        "takes    %s web and %s worker instances; %s messages/s, %s objects an hour",
        web.count(), store.count(), web.messagesPerSecond(), store.rollsPerSecond() * 3600);
  }

  /** Where limits bind. */
  List<String> warnings() {
    return sections.stream().flatMap(section -> section.warnings().stream()).toList();
  }

  private static List<String> notes(Inputs inputs) {
    BenchFigures bench = inputs.bench();
    List<String> notes = new ArrayList<>();
    notes.add(
        Amounts.fill(
                "%s µs of CPU web, %s µs worker for a request of %s bytes: ",
                bench.webMicros(), bench.workerMicros(), bench.collectionBytes())
            + bench.source());
    double size = inputs.load().collectionBytes() / bench.collectionBytes();
    if (size < 0.5 || size > 2) {
      notes.add(
          Amounts.fill(
              "collections of %s bytes cost another CPU than those of %s: measure them (bench size)"
                  + " and give the result by --bench",
              inputs.load().collectionBytes(), bench.collectionBytes()));
    }
    notes.add(
        Amounts.fill(
            "lines compress %s : 1 whatever the batch's size; small batches do less well",
            inputs.load().compression()));
    notes.add("times of SQS and S3 are assumptions (--send-ms, --receive-ms, --put-ms)");
    notes.add("prices: " + inputs.money().prices().requests().region());
    notes.add("no spare instances and no second deliveries are counted");
    return List.copyOf(notes);
  }
}
