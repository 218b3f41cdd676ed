package io.millrace.toolbox.plan;

/**
 * The machines of one tier.
 *
 * @param cores of each
 * @param utilisation of them that is to be used, above 0 to 1
 * @param given how many there are; 0 to find out how many are needed
 * @param networkBytes each carries per second and direction; 0 if that doesn't matter
 */
record Instances(int cores, double utilisation, int given, double networkBytes) {
  /**
   * What all of a tier's machines have to do each second.
   *
   * @param perSecond requests
   * @param micros of CPU for each
   * @param bytes one way
   */
  record Demand(double perSecond, double micros, double bytes) {
    double cpuSeconds() {
      return perSecond * micros / 1e6;
    }
  }

  /** How many there are to be: those given, or else those needed. */
  int count(Demand demand) {
    return given > 0 ? given : needed(demand);
  }

  /** Most requests per second that one of them takes. */
  double capacity(Demand demand) {
    double byCpu = cores * utilisation * 1e6 / demand.micros();
    double byNetwork = networkBytes / (demand.bytes() / demand.perSecond());
    return networkBytes > 0 ? Math.min(byCpu, byNetwork) : byCpu;
  }

  /** Adds the line of how many, and a warning if those given are too few. */
  void explain(Section.Builder section, Demand demand) {
    section
        .line(
            "instances",
            count(demand),
            "",
            formula(demand),
            demand.perSecond(),
            demand.micros(),
            cores,
            utilisation * 100,
            demand.bytes() * 8 / 1e6,
            networkBytes * 8 / 1e6)
        .warnIf(
            given > 0 && given < needed(demand),
            "%s instances are given, but %s are needed at %s %% of their CPU and network",
            given,
            needed(demand),
            utilisation * 100);
  }

  private String formula(Demand demand) {
    if (given > 0) {
      return "as given";
    }
    return byNetwork(demand) > byCpu(demand)
        ? "%5$s Mbit/s ÷ %6$s Mbit/s that one carries, rounded up"
        : "%s requests/s × %s µs of CPU ÷ (%s cores × 1,000,000 µs × %s %% of them), rounded up";
  }

  private int needed(Demand demand) {
    return Math.max(byCpu(demand), byNetwork(demand));
  }

  private int byCpu(Demand demand) {
    return (int) Math.max(1, Math.ceil(demand.cpuSeconds() / (cores * utilisation)));
  }

  private int byNetwork(Demand demand) {
    return networkBytes == 0 ? 1 : (int) Math.max(1, Math.ceil(demand.bytes() / networkBytes));
  }
}
