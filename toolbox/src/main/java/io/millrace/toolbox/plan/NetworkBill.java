package io.millrace.toolbox.plan;

/**
 * What a month of traffic costs: through the balancer, and to SQS and back. The way to S3 is a
 * gateway endpoint, which costs nothing.
 *
 * @param queue whose messages pass twice, to SQS and from it
 * @param inputs what comes, and the way
 */
record NetworkBill(QueuePlan queue, Inputs inputs) {
  private static final double GB = 1e9;
  private static final double HOUR_SECONDS = 3600;
  private static final double HOURS = AwsLimits.MONTH_SECONDS / HOUR_SECONDS;

  /** Adds the lines; returns their sum, or 0 if there are no prices. */
  double lines(Section.Builder section) {
    Prices.Network prices = inputs.money().prices().network();
    if (prices == null) {
      return 0;
    }
    double sum = balancer(section, prices) + way(section, prices);
    section.line("network", sum, "$", "of the lines above");
    return sum;
  }

  /** By bytes, its largest dimension with bodies like these on connections that are kept. */
  private double balancer(Section.Builder section, Prices.Network prices) {
    Workload load = inputs.load();
    double units = load.perSecond() * load.collectionBytes() * HOUR_SECONDS / GB;
    double dollars = HOURS * (prices.balancerHour() + units * prices.balancerUnitHour());
    section.line(
        "balancer",
        dollars,
        "$",
        "730 h × ($%s + %s GB an hour, a unit each, × $%s); new connections count from 25/s a unit"
            + " on",
        prices.balancerHour(),
        units,
        prices.balancerUnitHour());
    return dollars;
  }

  private double way(Section.Builder section, Prices.Network prices) {
    SqsPath path = inputs.money().path();
    if (path == SqsPath.PUBLIC) {
      return 0;
    }
    boolean nat = path == SqsPath.NAT;
    double hour = nat ? prices.natHour() : prices.endpointHour();
    double each = nat ? prices.natGb() : prices.endpointGb();
    double gb = 2 * queue.bytesPerSecond() * AwsLimits.MONTH_SECONDS / GB;
    double dollars = inputs.money().zones() * HOURS * hour + gb * each;
    section.line(
        path.line(),
        dollars,
        "$",
        "%s zones × 730 h × $%s + %s GB, sent and received, × $%s",
        inputs.money().zones(),
        hour,
        gb,
        each);
    return dollars;
  }
}
