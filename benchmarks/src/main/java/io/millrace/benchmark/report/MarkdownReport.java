package io.millrace.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as Markdown: what and where, throughput and latency, and what it took and cost. */
public final class MarkdownReport {
  private static final String NONE = "–";
  private static final double MIB = 1 << 20;
  private static final double KIB = 1 << 10;
  private static final List<String> SPEED =
      List.of(
          "run",
          "connections",
          "offered/s",
          "requests/s",
          "÷ reference",
          "payloads/s",
          "p50 ms",
          "p90 ms",
          "p99 ms",
          "p99.9 ms",
          "max ms",
          "not 202",
          "stored once");
  private static final List<String> COST =
      List.of(
          "run",
          "web µs CPU",
          "÷ reference",
          "worker",
          "÷ web",
          "servers",
          "load",
          "web KiB allocated",
          "web peak MiB",
          "worker peak MiB",
          "SQS billed",
          "SQS KiB",
          "S3 PUT+LIST",
          "S3 GET+HEAD",
          "S3 KiB",
          "$ a million");

  private final Report report;

  /** Of a report. */
  public MarkdownReport(Report report) {
    this.report = report;
  }

  /** All of it. */
  public String text() {
    return "# bench %s, %s\n\n".formatted(report.scenario(), report.date())
        + report.machine().text()
        + "\n\n"
        + "Options: %s\n\n".formatted(options())
        + tables()
        + report.runs().stream().map(CourseTable::of).collect(Collectors.joining());
  }

  /** One run in a line, for those who wait for the others. */
  public static String summary(RunFigures run) {
    String stored = run.stored() == null ? "" : ", stored once: " + stored(run.stored());
    return "  %s requests/s, p99 %s ms, web %s µs a request%s"
        .formatted(
            whole(run.load().requestsPerSecond()),
            tenths(run.load().latencyMs().p99()),
            cpu(run, "web").map(MarkdownReport::tenths).orElse(NONE),
            stored);
  }

  /** The two tables. */
  public String tables() {
    Table speed = new Table(SPEED);
    Table cost = new Table(COST);
    for (RunFigures run : report.runs()) {
      speed.add(speed(run));
      cost.add(cost(run));
    }
    return speed.toMarkdown()
        + "\nFor each request answered with 202; SQS and S3 for 1,000 of them; dollars for requests to both, "
        + report.prices().region()
        + ":\n\n"
        + cost.toMarkdown();
  }

  private String options() {
    List<String> given = report.options();
    return given.isEmpty() ? "none" : "`" + String.join(" ", given) + "`";
  }

  private List<String> speed(RunFigures run) {
    LoadFigures load = run.load();
    Latency latency = load.latencyMs();
    List<String> cells = new ArrayList<>();
    cells.add(run.name());
    cells.add(whole(run.settings().connections()));
    double offered = run.settings().offeredPerSecond();
    cells.add(offered == 0 ? "closed loop" : whole(offered));
    cells.add(whole(load.requestsPerSecond()));
    cells.add(ratio(run, other -> other.load().requestsPerSecond()));
    cells.add(load.payloadsPerSecond() == 0 ? NONE : whole(load.payloadsPerSecond()));
    cells.add(tenths(latency.p50()));
    cells.add(tenths(latency.p90()));
    cells.add(tenths(latency.p99()));
    cells.add(tenths(latency.p999()));
    cells.add(tenths(latency.max()));
    cells.add(whole((double) load.notAccepted()));
    cells.add(stored(run.stored()));
    return cells;
  }

  private List<String> cost(RunFigures run) {
    double requests = run.load().counts().answered202();
    Optional<ServiceUse> use = Optional.ofNullable(run.services());
    List<String> cells = new ArrayList<>();
    cells.add(run.name());
    cells.add(cpu(run, "web").map(MarkdownReport::tenths).orElse(NONE));
    cells.add(ratio(run, other -> cpu(other, "web").orElse(0.0)));
    cells.add(cpu(run, "worker").map(MarkdownReport::tenths).orElse(NONE));
    cells.add(workerToWeb(run));
    cells.add(cpu(run, "servers").map(MarkdownReport::tenths).orElse(NONE));
    cells.add(cpu(run, "load").map(MarkdownReport::tenths).orElse(NONE));
    Double allocated = run.allocatedBytesPerRequest();
    cells.add(allocated == null ? NONE : tenths(allocated / KIB));
    cells.add(peak(run, "web"));
    cells.add(peak(run, "worker"));
    cells.add(perThousand(use, ServiceUse::sqsBilled, requests));
    cells.add(perThousand(use, u -> u.sqsBytes() / KIB, requests));
    cells.add(perThousand(use, ServiceUse::s3Puts, requests));
    cells.add(perThousand(use, ServiceUse::s3Gets, requests));
    cells.add(perThousand(use, u -> u.s3Bytes() / KIB, requests));
    Double dollars = run.dollarsPerMillion();
    cells.add(dollars == null ? NONE : String.format(Locale.ROOT, "%.4f", dollars));
    return cells;
  }

  private String ratio(RunFigures run, ToDoubleFunction<RunFigures> figure) {
    double below = report.reference(run).map(figure::applyAsDouble).orElse(0.0);
    return below == 0 ? NONE : hundredths(figure.applyAsDouble(run) / below);
  }

  private static String workerToWeb(RunFigures run) {
    double web = cpu(run, "web").orElse(0.0);
    return cpu(run, "worker").filter(w -> web > 0).map(w -> hundredths(w / web)).orElse(NONE);
  }

  private static Optional<Double> cpu(RunFigures run, String part) {
    return run.part(part).map(PartFigures::cpuMicrosPerRequest);
  }

  private static String peak(RunFigures run, String part) {
    return run.part(part).map(PartFigures::peakRssBytes).map(b -> whole(b / MIB)).orElse(NONE);
  }

  private static String perThousand(
      Optional<ServiceUse> use, ToDoubleFunction<ServiceUse> figure, double requests) {
    return use.map(u -> hundredths(figure.applyAsDouble(u) * 1000 / requests)).orElse(NONE);
  }

  private static String stored(@Nullable StoredFigures stored) {
    if (stored == null) {
      return NONE;
    }
    return stored.isComplete()
        ? whole((double) stored.stored())
        : "NO: %d of %d, %d twice"
            .formatted(stored.stored(), stored.acknowledged(), stored.twice());
  }

  private static String whole(double figure) {
    return number("%,.0f", figure);
  }

  private static String tenths(double figure) {
    return number("%,.1f", figure);
  }

  private static String hundredths(double figure) {
    return number("%,.2f", figure);
  }

  /** Where no request was answered with 202 there is nothing to tell for each. */
  private static String number(String format, double figure) {
    return Double.isFinite(figure) ? String.format(Locale.ROOT, format, figure) : NONE;
  }
}
