package io.millrace.toolbox.audit.say;

import io.millrace.queue.QueueCounts;
import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.look.QueueLooks;
import io.millrace.toolbox.bucket.BucketLayout;
import java.util.List;

/**
 * What an audit came to, as an exit code and the sentences why. Pure and immutable.
 *
 * @param wrong what is missing, double or damaged
 * @param unsure why nobody can say that all is stored, though nothing is known to be wrong
 * @param notes what is worth a look and no fault
 */
public record Verdict(List<String> wrong, List<String> unsure, List<String> notes) {
  private static final String OPEN =
      "under way when the writer ended, or now; receipts can tell what was acknowledged";

  /** 0 if all is stored once, 1 if something is wrong, 2 if it can't be said. */
  public int exitCode() {
    if (!wrong.isEmpty()) {
      return 1;
    }
    return unsure.isEmpty() ? 0 : 2;
  }

  /** Judges a report. */
  public static Verdict of(AuditReport report) {
    return new Verdict(wrong(report), unsure(report), notes(report));
  }

  private static List<String> wrong(AuditReport report) {
    Sentences said = new Sentences();
    said.count(
        report.sum(writer -> writer.missing().count()), "batch is missing", "batches are missing");
    said.count(
        report.sum(writer -> writer.doubles().size()),
        "batch is stored twice or more",
        "batches are stored twice or more");
    said.count(
        report.findings().damages().size(),
        "object or frame is damaged",
        "objects or frames are damaged");
    ReceiptReport receipts = report.receipts();
    if (receipts != null) {
      said.count(
          receipts.wrong(),
          "acknowledged payload is missing, different or double",
          "acknowledged payloads are missing, different or double");
    }
    return said.list();
  }

  private static List<String> unsure(AuditReport report) {
    Sentences said = new Sentences();
    ReceiptReport receipts = report.receipts();
    unlooked(report).forEach(said::say);
    said.failure("the queue could not be looked at: ", report.looks().failure());
    said.failure("the dead letters could not be read: ", report.letters().failure());
    said.count(
        report.letters().others(),
        "dead letter could not be read, someone else holds it",
        "dead letters could not be read, someone else holds them");
    said.count(
        report.letters().nameless(),
        "dead letter names no batch, it may be ours",
        "dead letters name no batch, they may be ours");
    List<String> unread = report.findings().unread();
    if (!unread.isEmpty()) {
      said.count(
          unread.size(),
          "object could not be read: " + unread.get(0),
          "objects could not be read, the first: " + unread.get(0));
    }
    said.count(
        report.sum(writer -> writer.deadLettered().count()),
        "batch is in the dead letters",
        "batches are in the dead letters");
    String why = unsettled(report.looks());
    said.count(
        report.sum(writer -> writer.unsettled().count()),
        "batch is unsettled: " + why,
        "batches are unsettled: " + why);
    if (receipts == null) {
      said.count(
          report.sum(writer -> writer.open().count()),
          "batch is open: " + OPEN,
          "batches are open: " + OPEN);
      unseen(report, said);
      if (moreMayCome(report)) {
        said.say("the queue is not empty, what it holds may belong here: " + counts(report));
      }
    } else {
      said.count(
          receipts.tally().count(Outcome.UNSETTLED),
          "acknowledged payload is unsettled",
          "acknowledged payloads are unsettled");
      said.count(
          receipts.tally().count(Outcome.DEAD_LETTERED),
          "acknowledged payload is in the dead letters",
          "acknowledged payloads are in the dead letters");
      said.count(
          receipts.tally().count(Outcome.UNREAD),
          "acknowledged payload could not be read",
          "acknowledged payloads could not be read");
    }
    return said.list();
  }

  /** Finding nothing wrong proves nothing where nothing was looked at. */
  private static List<String> unlooked(AuditReport report) {
    Sentences said = new Sentences();
    ReceiptReport receipts = report.receipts();
    if (receipts != null && receipts.book().receipts() == 0) {
      said.say("no receipt was looked for: the files hold none of these hours and writers");
    }
    if (report.subject().layout() == BucketLayout.ROLLED) {
      if (report.writers().isEmpty()) {
        said.say(
            "no batch was found: are bucket, prefix, layout, hours and writer the right ones?");
      }
    } else if (receipts == null) {
      said.say("layout payload has no manifests: only --receipts can prove what is stored");
    }
    return said.list();
  }

  private static void unseen(AuditReport report, Sentences said) {
    List<String> seams =
        report.writers().stream()
            .filter(writer -> writer.unseenBelow() > 0)
            .map(writer -> writer.writer() + " below " + writer.unseenBelow())
            .toList();
    if (!seams.isEmpty()) {
      String which = seams.get(0) + "; an earlier --from tells";
      said.count(
          seams.size(),
          "writer's numbers before its first one seen may belong here: " + which,
          "writers' numbers before their first ones seen may belong here, the first: " + which);
    }
  }

  private static String unsettled(QueueLooks looks) {
    return looks.empty()
        ? "sent, or sent back, during the audit, or not everything could be read"
        : "may still be on the queue";
  }

  /** Of a range that is over as well: a batch may lie on the queue for days. */
  private static boolean moreMayCome(AuditReport report) {
    return report.looks().failure() == null && !report.looks().empty();
  }

  private static String counts(AuditReport report) {
    QueueCounts before = report.looks().before();
    QueueCounts after = report.looks().after();
    return "%,d messages before, %,d after"
        .formatted(before == null ? 0 : before.total(), after == null ? 0 : after.total());
  }

  private static List<String> notes(AuditReport report) {
    Sentences said = new Sentences();
    said.count(
        report.findings().foreign().size(), "object has no manifest", "objects have no manifest");
    said.count(
        report.lettersStored(),
        "dead letter holds a batch that is stored",
        "dead letters hold batches that are stored");
    ReceiptReport receipts = report.receipts();
    if (receipts != null) {
      said.count(
          report.sum(writer -> writer.open().count()),
          "batch is open, and no receipt names it",
          "batches are open, and no receipt names them");
      unseen(report, said);
      said.count(
          receipts.book().outside(),
          "receipt is of another time or writer, left out",
          "receipts are of another time or writer, left out");
      receipts.book().cutOff().forEach(where -> said.say(where + " is cut off, left out"));
    }
    return said.list();
  }
}
