package io.millrace.toolbox.audit.say;

import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.Ranges;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.judge.Watermark;
import io.millrace.toolbox.audit.judge.WriterReport;
import io.millrace.toolbox.audit.look.Findings;
import io.millrace.toolbox.audit.look.QueueLooks;
import io.millrace.toolbox.audit.look.ReceiptBook;
import io.millrace.toolbox.bucket.BucketLayout;
import io.millrace.toolbox.terminal.Lines;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An audit for people to read, in 80 columns but for keys that are longer; long lists are cut, and
 * say by how much. One thread's own.
 */
public final class AuditText {
  private static final int MAX_RANGES = 20;
  private static final int MAX_ITEMS = 20;

  private final PrintWriter out;

  public AuditText(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints it.
   *
   * @param watermark whether the watermark was asked for
   */
  public void print(AuditReport report, Verdict verdict, boolean watermark) {
    subject(report);
    if (report.subject().layout() == BucketLayout.ROLLED) {
      out.println();
      new WriterTable(out).print(report);
      line("payloads", "%,d stored", report.sum(WriterReport::payloads));
      WriterTable.shown(report.writers()).forEach(this::numbers);
    }
    items("damaged", report.findings().damages());
    items("no manifest", report.findings().foreign());
    items("not read", report.findings().unread());
    if (report.receipts() != null) {
      receipts(report.receipts());
    }
    if (watermark && report.watermark() != null) {
      watermark(report.watermark());
    }
    verdict(verdict);
    out.flush();
  }

  private void subject(AuditReport report) {
    Subject subject = report.subject();
    Findings findings = report.findings();
    String prefix = subject.prefix().isEmpty() ? "" : ", prefix " + subject.prefix();
    line("bucket", "%s%s, %s", subject.bucket(), prefix, hours(subject.scope()));
    line(
        "objects",
        "%,d of %,d bytes; %,d tombstones, %,d never stored, %,d without a manifest",
        findings.objects.get(),
        findings.bytes.get(),
        findings.tombstones.get(),
        findings.neverStored.get(),
        findings.foreign().size());
    line("queue", "%s", queue(report.looks()));
    line("dead letters", "%,d", report.letters().letters());
  }

  private static String hours(Scope scope) {
    Instant begin = scope.begin();
    Instant end = scope.end();
    String from = begin == null ? "" : " from " + begin;
    String to = end == null ? "" : " to " + end;
    return from.isEmpty() && to.isEmpty() ? "all hours" : "hours" + from + to;
  }

  private static String queue(QueueLooks looks) {
    if (looks.before() == null || looks.after() == null) {
      return "not looked at";
    }
    return String.format(
        Locale.ROOT, "%,d before, %,d after", looks.before().total(), looks.after().total());
  }

  private void numbers(WriterReport writer) {
    ranges(writer, "missing", writer.missing());
    ranges(writer, "unsettled", writer.unsettled());
    ranges(writer, "open", writer.open());
    ranges(writer, "dead-lettered", writer.deadLettered());
    if (writer.unseenBelow() > 0) {
      line("not seen", "%s: below %d", writer.writer(), writer.unseenBelow());
    }
    items(
        "double",
        writer.doubles().entrySet().stream()
            .map(e -> writer.writer() + "-" + e.getKey() + " in " + String.join(", ", e.getValue()))
            .toList());
  }

  private void ranges(WriterReport writer, String name, Ranges ranges) {
    if (!ranges.isEmpty()) {
      line(name, "%s: %s", writer.writer(), ranges.text(MAX_RANGES));
    }
  }

  private void items(String name, List<?> items) {
    items.stream().limit(MAX_ITEMS).forEach(item -> line(name, "%s", item));
    if (items.size() > MAX_ITEMS) {
      line(name, "and %,d more", items.size() - MAX_ITEMS);
    }
  }

  private void receipts(ReceiptReport receipts) {
    ReceiptBook book = receipts.book();
    ReceiptTally tally = receipts.tally();
    String counts =
        Arrays.stream(Outcome.values())
            .map(o -> String.format(Locale.ROOT, "%,d %s", tally.count(o), o.label()))
            .collect(Collectors.joining(", "));
    line("receipts", "%,d, acknowledged payloads %,d", book.receipts(), book.payloads());
    line("", "%s", counts);
    items(
        "payload",
        tally.problems().stream()
            .map(p -> p.id() + " " + p.outcome().label() + place(p.where()))
            .toList());
  }

  private static String place(@Nullable String where) {
    return where == null ? "" : " in " + where;
  }

  private void watermark(Watermark watermark) {
    if (watermark.upTo() == null) {
      line("watermark", "none: %s", watermark.heldBy());
      return;
    }
    line("watermark", "%s, held by %s", watermark.upTo(), watermark.heldBy());
    line("complete", "up to and with %s", watermark.lastHour());
    items("taken as ended", watermark.takenAsEnded());
  }

  private void verdict(Verdict verdict) {
    out.println();
    verdict.notes().forEach(note -> line("note", "%s", note));
    verdict.wrong().forEach(fault -> line("WRONG", "%s", fault));
    verdict.unsure().forEach(doubt -> line("UNSURE", "%s", doubt));
    if (verdict.exitCode() == 0) {
      line("OK", "all is stored once");
    }
  }

  private void line(String name, String format, @Nullable Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    Lines.wrapped(String.format(Locale.ROOT, "%-14s", name), text).forEach(out::println);
  }
}
