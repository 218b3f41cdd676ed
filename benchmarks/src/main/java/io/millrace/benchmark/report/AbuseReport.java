package io.millrace.benchmark.report;

import io.millrace.benchmark.report.AbuseFigures.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What hostile requests cost beside normal ones; its JSON form has these names. A request may cost
 * at most {@value #MAX_OF_FULL} times what a normal body of MAX_BODY_BYTES costs, and for each byte
 * unpacked at most {@value #MAX_OF_BYTE} times what a normal small body costs. A body smaller than
 * the normal small one counts as long as that: a request has a cost of its own. What SQS bills may
 * also be as much as the bytes that were sent take in base64, since they do not have to compress as
 * normal ones do; the number of messages may not. Nothing is compared with a normal cost of 0: a
 * run that is too short sees no collection of garbage.
 *
 * @param date ISO 8601, UTC
 * @param options as given
 * @param small the normal small body
 * @param full the normal body of nearly MAX_BODY_BYTES
 * @param hostile the others
 */
public record AbuseReport(
    String date,
    Machine machine,
    List<String> options,
    AbuseFigures small,
    AbuseFigures full,
    List<AbuseFigures> hostile) {
  private static final double MAX_OF_FULL = 2;
  private static final double MAX_OF_BYTE = 10;
  private static final double BILLED_BYTES = 64 << 10;

  private static final List<String> HEAD =
      List.of(
          "request",
          "sent B",
          "unpacked B",
          "answers",
          "CPU µs",
          "÷ full",
          "÷ small, a byte",
          "heap KiB",
          "÷ full",
          "lines KiB",
          "÷ full",
          "messages",
          "÷ full",
          "billed",
          "÷ full",
          "PUTs",
          "log B",
          "÷ full");

  public AbuseReport {
    hostile = List.copyOf(hostile);
  }

  /**
   * Writes {@code abuse-<date>.json} and {@code .md}.
   *
   * @return the Markdown file
   */
  public Path write(Path folder) throws IOException {
    String text =
        "# bench abuse, %s\n\n%s\n\nOptions: `%s`\n\n%s"
            .formatted(date, machine.text(), String.join(" ", options), table());
    return ReportFiles.in(folder, "abuse", date).write(this, text);
  }

  /** A row for each kind of request. */
  public String table() {
    Table table = new Table(HEAD);
    table.add(row(small));
    table.add(row(full));
    hostile.forEach(each -> table.add(row(each)));
    return table.toMarkdown();
  }

  /** The bounds that were passed, one text each; empty if all hold. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (AbuseFigures each : hostile) {
      require(faults, each, "CPU", Cost::cpuMicros);
      require(faults, each, "heap", Cost::allocatedBytes);
      require(faults, each, "lines", Cost::lineBytes);
      require(faults, each, "messages", Cost::messages);
      if (each.cost().billed() > billedOfSent(each)) {
        require(faults, each, "billed", Cost::billed);
      }
      if (logOfBilled(each) > MAX_OF_FULL * logOfBilled(full)) {
        require(faults, each, "log", Cost::logBytes);
      }
    }
    return faults;
  }

  /** The worker writes a line for each roll, and rolls are as many as their bytes make. */
  private static double logOfBilled(AbuseFigures each) {
    return each.cost().logBytes() / each.cost().billed();
  }

  /** Of what was sent in base64, and one begun: whoever sends the bytes may have them stored. */
  private static double billedOfSent(AbuseFigures each) {
    return each.sentBytes() * 4 / 3 / BILLED_BYTES + 1;
  }

  private void require(
      List<String> faults, AbuseFigures each, String what, ToDoubleFunction<Cost> cost) {
    double ofFull = ofFull(each, cost);
    if (ofFull > MAX_OF_FULL && Double.isFinite(ofFull)) {
      faults.add("%s: %s is %.1f times a full body's".formatted(each.kind(), what, ofFull));
    }
    double ofByte = ofByte(each, cost);
    if (ofByte > MAX_OF_BYTE && Double.isFinite(ofByte)) {
      faults.add(
          "%s: %s for each byte is %.1f times a small body's".formatted(each.kind(), what, ofByte));
    }
  }

  private double ofFull(AbuseFigures each, ToDoubleFunction<Cost> cost) {
    return cost.applyAsDouble(each.cost()) / cost.applyAsDouble(full.cost());
  }

  private double ofByte(AbuseFigures each, ToDoubleFunction<Cost> cost) {
    double bytes = Math.max(each.unpackedBytes(), small.unpackedBytes());
    double ofSmall = cost.applyAsDouble(small.cost()) / small.unpackedBytes();
    return cost.applyAsDouble(each.cost()) / bytes / ofSmall;
  }

  private List<String> row(AbuseFigures each) {
    Cost cost = each.cost();
    return List.of(
        each.kind(),
        number("%,.0f", each.sentBytes()),
        number("%,d", each.unpackedBytes()),
        each.statuses(),
        number("%,.0f", cost.cpuMicros()),
        ratio(ofFull(each, Cost::cpuMicros)),
        ratio(ofByte(each, Cost::cpuMicros)),
        number("%,.0f", cost.allocatedBytes() / 1024),
        ratio(ofFull(each, Cost::allocatedBytes)),
        number("%,.1f", cost.lineBytes() / 1024),
        ratio(ofFull(each, Cost::lineBytes)),
        number("%.3f", cost.messages()),
        ratio(ofFull(each, Cost::messages)),
        number("%.3f", cost.billed()),
        ratio(ofFull(each, Cost::billed)),
        number("%.3f", cost.puts()),
        number("%.1f", cost.logBytes()),
        ratio(ofFull(each, Cost::logBytes)));
  }

  private static String ratio(double value) {
    return number("%.2f", value);
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
