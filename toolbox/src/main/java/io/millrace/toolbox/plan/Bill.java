package io.millrace.toolbox.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What a month costs, in US dollars.
 *
 * @param queue requests to SQS
 * @param store calls to S3
 */
record Bill(QueuePlan queue, StorePlan store) {
  private static final double GIB = 1 << 30;
  private static final double DAY_SECONDS = 86400;
  private static final String BILL = "bill of a month";

  /** Dollars of calls to SQS and S3 for a million requests of clients. */
  double perMillion() {
    return (queueDollars() + storeDollars()) / inputs().load().perSecond() * 1e6;
  }

  /** What a month costs, by its parts, in words. */
  String costs() {
    Section bill = section();
    return Amounts.fill(
        "costs    $%s a month: calls %s, network %s, storage %s, instances %s",
        value(bill, BILL),
        value(bill, "calls"),
        value(bill, "network"),
        value(bill, "S3 storage"),
        value(bill, "instances"));
  }

  /** What of that the calls are, in words. */
  String calls() {
    return Amounts.fill("calls    $%s a million requests, of SQS and S3", perMillion());
  }

  private static double value(Section section, String name) {
    return section.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::value)
        .sum();
  }

  Section section() {
    Section.Builder section = new Section.Builder("Bill of a month (730 h), US dollars");
    double sum = calls(section) + new NetworkBill(queue, inputs()).lines(section);
    sum += storage(section) + instances(section);
    return section
        .line(
            BILL,
            sum,
            "$",
            "calls and all that follows; not in it: " + String.join(", ", leftOut()))
        .line(
            "a million",
            perMillion(),
            "$ of calls a million requests",
            "($%s of SQS + $%s of S3 each second) ÷ %s requests/s × 1,000,000",
            queueDollars(),
            storeDollars(),
            inputs().load().perSecond())
        .build();
  }

  private double calls(Section.Builder section) {
    Prices.Requests prices = inputs().money().prices().requests();
    double sqs = queueDollars() * AwsLimits.MONTH_SECONDS;
    double s3 = storeDollars() * AwsLimits.MONTH_SECONDS;
    section
        .line(
            "SQS",
            sqs,
            "$",
            "%s requests/s × %s s × $%s a million",
            queue.requestsPerSecond(),
            AwsLimits.MONTH_SECONDS,
            prices.sqsDollarsPerMillion())
        .line(
            "S3 calls",
            s3,
            "$",
            "%s PUT and LIST/s × %s s × $%s a thousand",
            store.callsPerSecond(),
            AwsLimits.MONTH_SECONDS,
            prices.s3PutListDollarsPerThousand())
        .line("calls", sqs + s3, "$", "of the lines above");
    return sqs + s3;
  }

  private double storage(Section.Builder section) {
    Double price = inputs().money().prices().s3GibMonth();
    double days = inputs().money().keepDays();
    if (days == 0 || price == null) {
      return 0;
    }
    double gib = StorePlan.frames(inputs()) * DAY_SECONDS * days / GIB;
    section.line(
        "S3 storage", gib * price, "$", "%s GiB, what %s days bring, × $%s", gib, days, price);
    return gib * price;
  }

  private double instances(Section.Builder section) {
    double web = instanceHour(inputs().web().instances());
    double worker = instanceHour(inputs().worker().instances());
    double hours = AwsLimits.MONTH_SECONDS / 3600;
    double dollars = hours * (queue.web().count() * web + store.count() * worker);
    if (dollars > 0) {
      section.line(
          "instances",
          dollars,
          "$",
          "730 h × (%s web × $%s + %s workers × $%s)",
          queue.web().count(),
          web,
          store.count(),
          worker);
    }
    return dollars;
  }

  /** As given, or by its cores; 0 if neither tells. */
  private double instanceHour(Instances machine) {
    Double given = inputs().money().instanceHourUsd();
    Double core = inputs().money().prices().instanceCore();
    if (given != null) {
      return given;
    }
    return core == null ? 0 : core * machine.cores();
  }

  /** What the sum leaves out. */
  private List<String> leftOut() {
    List<String> leftOut = new ArrayList<>();
    if (inputs().money().keepDays() == 0 || inputs().money().prices().s3GibMonth() == null) {
      leftOut.add("S3 storage (--keep-days)");
    }
    if (instanceHour(inputs().web().instances()) == 0) {
      leftOut.add("instances (--instance-hour-usd)");
    }
    if (inputs().money().prices().network() == null) {
      leftOut.add("network (prices)");
    }
    leftOut.add("logs, metrics, traffic between zones");
    return leftOut;
  }

  private double queueDollars() {
    return queue.requestsPerSecond() * inputs().money().prices().requests().sqsRequest();
  }

  private double storeDollars() {
    return store.callsPerSecond() * inputs().money().prices().requests().s3Write();
  }

  private Inputs inputs() {
    return store.inputs();
  }
}
