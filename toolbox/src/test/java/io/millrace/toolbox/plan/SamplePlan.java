package io.millrace.toolbox.plan;

/**
 * Inputs whose results can be worked out by hand: a collection of 1,112 bytes with one payload has
 * 1,041 + 159 = 1,200 bytes of lines, which compress to 600, or 800 in base64.
 */
final class SamplePlan {
  static final Prices PRICES =
      new Prices(new Prices.Requests("sample", 0.4, 0.005, 0), 0.02, null, null);

  private static final BenchFigures BENCH = new BenchFigures("sample", 60, 6, 2, 1112);
  private static final int MIB = 1 << 20;

  private SamplePlan() {}

  static Workload load(double perSecond) {
    return new Workload(perSecond, 1112, 1, 2);
  }

  /** Two cores, used by half: 16,667 requests/s a web node, ten times as many a worker. */
  static Inputs inputs(double perSecond, double lingerSeconds, double rollMaxBytes, double age) {
    return new Inputs(
        load(perSecond),
        BENCH,
        new Inputs.Web(
            new Instances(2, 0.5, 0, 0),
            new WebSetup(lingerSeconds, MIB, MIB, 16, 0.02, 1024.0 * MIB)),
        new Inputs.Worker(
            new Instances(2, 0.5, 0, 0),
            new WorkerSetup(
                2,
                0.02,
                120,
                1,
                1024.0 * MIB,
                new WorkerSetup.RollSetup(rollMaxBytes, age, 4, 4, 0.5, 15))),
        new Inputs.Money(PRICES, 0, null, SqsPath.ENDPOINT, 2));
  }

  /** The value of a line. */
  static double value(Section section, String name) {
    return section.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line " + name + " in " + section))
        .value();
  }
}
