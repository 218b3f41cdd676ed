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

  /** Dollars of calls to SQS and S3 for a million requests of clients. */
  double perMillion() {
    return (queueDollars() + storeDollars()) / inputs().load().perSecond() * 1e6;
  }

  Section section() {
    Section.Builder section = new Section.Builder("Bill of a month (730 h), US dollars");
    double sum = calls(section) + storage(section) + instances(section);
    return section
        .line("sum", sum, "$", "of the lines above; not in it: " + String.join(", ", leftOut()))
        .line(
            "calls",
            perMillion(),
            "$ a million requests",
            "($%s of SQS + $%s of S3 each second) ÷ %s requests/s × 1,000,000",
            queueDollars(),
            storeDollars(),
            inputs().load().perSecond())
        .build();
  }

  private double calls(Section.Builder section) {
    Prices prices = inputs().money().prices();
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
            prices.sqsRequest() * 1e6)
        .line(
            "S3 calls",
            s3,
            "$",
            "%s PUT and LIST/s × %s s × $%s a thousand",
            store.callsPerSecond(),
            AwsLimits.MONTH_SECONDS,
            prices.s3Write() * 1e3);
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
    double hour = inputs().money().instanceHourUsd();
    double dollars = (queue.web().count() + store.count()) * hour * AwsLimits.MONTH_SECONDS / 3600;
    if (hour > 0) {
      section.line(
          "instances",
          dollars,
          "$",
          "(%s web + %s workers) × 730 h × $%s",
          queue.web().count(),
          store.count(),
          hour);
    }
    return dollars;
  }

  /** What the sum leaves out. */
  private List<String> leftOut() {
    List<String> leftOut = new ArrayList<>();
    if (inputs().money().keepDays() == 0) {
      leftOut.add("S3 storage (--keep-days)");
    }
    if (inputs().money().instanceHourUsd() == 0) {
      leftOut.add("instances (--instance-hour-usd)");
    }
    leftOut.add("traffic, balancer, logs");
    return leftOut;
  }

  private double queueDollars() {
    return queue.requestsPerSecond() * inputs().money().prices().sqsRequest();
  }

  private double storeDollars() {
    return store.callsPerSecond() * inputs().money().prices().s3Write();
  }

  private Inputs inputs() {
    return store.inputs();
  }
}
