package io.millrace.toolbox.audit.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.queue.QueueCounts;
import io.millrace.toolbox.audit.judge.Outcome;
import io.millrace.toolbox.audit.judge.Ranges;
import io.millrace.toolbox.audit.judge.ReceiptTally;
import io.millrace.toolbox.audit.judge.Watermark;
import io.millrace.toolbox.audit.judge.WriterReport;
import io.millrace.toolbox.audit.look.Damage;
import io.millrace.toolbox.audit.look.Findings;
import io.millrace.toolbox.audit.look.LettersSeen;
import io.millrace.toolbox.audit.look.QueueLooks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An audit for machines, as docs/audit.md describes it: fields may be added, none changes.
 * Stateless and thread-safe.
 */
public final class AuditJson {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private AuditJson() {}

  /** The document, in one line. */
  public static String of(AuditReport report, Verdict verdict) {
    ObjectNode root = JSON.createObjectNode();
    root.put("v", VERSION);
    root.put("at", report.at().toString());
    subject(root, report.subject());
    root.put("exit", verdict.exitCode());
    root.set("wrong", texts(verdict.wrong()));
    root.set("unsure", texts(verdict.unsure()));
    root.set("notes", texts(verdict.notes()));
    root.set("queue", queue(report.looks()));
    root.set("deadLetters", letters(report));
    root.set("objects", objects(report.findings()));
    root.set("damaged", damaged(report.findings().damages()));
    root.set("notRead", texts(report.findings().unread()));
    root.set("total", total(report));
    ArrayNode writers = root.putArray("writers");
    report.writers().forEach(writer -> writers.add(writer(writer)));
    root.set("receipts", report.receipts() == null ? null : receipts(report.receipts()));
    root.set("watermark", report.watermark() == null ? null : watermark(report.watermark()));
    return root.toString();
  }

  private static void subject(ObjectNode root, Subject subject) {
    root.put("bucket", subject.bucket());
    root.put("prefix", subject.prefix());
    root.put("layout", subject.layout().name().toLowerCase(Locale.ROOT));
    root.put("from", text(subject.scope().begin()));
    root.put("to", text(subject.scope().end()));
    root.put("writer", subject.scope().writer());
  }

  private static ObjectNode queue(QueueLooks looks) {
    ObjectNode queue = JSON.createObjectNode();
    queue.set("before", counts(looks.before()));
    queue.set("after", counts(looks.after()));
    return queue.put("empty", looks.empty()).put("failure", looks.failure());
  }

  private static @Nullable JsonNode counts(@Nullable QueueCounts counts) {
    if (counts == null) {
      return null;
    }
    return JSON.createObjectNode()
        .put("visible", counts.visible())
        .put("inFlight", counts.inFlight())
        .put("delayed", counts.delayed());
  }

  private static ObjectNode letters(AuditReport report) {
    LettersSeen letters = report.letters();
    return JSON.createObjectNode()
        .put("read", letters.letters())
        .put("stored", report.lettersStored())
        .put("nameless", letters.nameless())
        .put("notRead", letters.others())
        .put("failure", letters.failure());
  }

  private static ObjectNode objects(Findings findings) {
    ObjectNode objects = JSON.createObjectNode();
    objects.put("stored", findings.objects.get());
    objects.put("bytes", findings.bytes.get());
    objects.put("tombstones", findings.tombstones.get());
    objects.put("neverStored", findings.neverStored.get());
    objects.set("withoutManifest", texts(findings.foreign()));
    return objects;
  }

  private static ArrayNode damaged(List<Damage> damages) {
    ArrayNode damaged = JSON.createArrayNode();
    for (Damage damage : damages) {
      damaged
          .addObject()
          .put("object", damage.object())
          .put("batch", damage.batch())
          .put("offset", damage.offset())
          .put("what", damage.what());
    }
    return damaged;
  }

  private static ObjectNode total(AuditReport report) {
    return JSON.createObjectNode()
        .put("writers", report.writers().size())
        .put("stored", report.sum(writer -> writer.stored().count()))
        .put("payloads", report.sum(WriterReport::payloads))
        .put("abandoned", report.sum(writer -> writer.abandoned().count()))
        .put("double", report.sum(writer -> writer.doubles().size()))
        .put("deadLettered", report.sum(writer -> writer.deadLettered().count()))
        .put("missing", report.sum(writer -> writer.missing().count()))
        .put("unsettled", report.sum(writer -> writer.unsettled().count()))
        .put("open", report.sum(writer -> writer.open().count()));
  }

  private static ObjectNode writer(WriterReport writer) {
    ObjectNode node = JSON.createObjectNode();
    node.put("writer", writer.writer());
    node.put("began", Instant.ofEpochMilli(writer.began()).toString());
    node.put("last", writer.last());
    node.put("unseenBelow", writer.unseenBelow());
    node.put("payloads", writer.payloads());
    node.set("stored", numbers(writer.stored()));
    node.set("abandoned", numbers(writer.abandoned()));
    node.set("deadLettered", numbers(writer.deadLettered()));
    node.set("missing", numbers(writer.missing()));
    node.set("unsettled", numbers(writer.unsettled()));
    node.set("open", numbers(writer.open()));
    ArrayNode doubles = node.putArray("double");
    writer
        .doubles()
        .forEach(
            (number, places) ->
                doubles.addObject().put("number", number).set("objects", texts(places)));
    return node;
  }

  private static ObjectNode numbers(Ranges ranges) {
    ObjectNode node = JSON.createObjectNode().put("count", ranges.count());
    ArrayNode list = node.putArray("ranges");
    for (Ranges.Range range : ranges.list()) {
      list.addArray().add(range.first()).add(range.last());
    }
    return node;
  }

  private static ObjectNode receipts(ReceiptReport receipts) {
    ObjectNode node = JSON.createObjectNode();
    node.put("receipts", receipts.book().receipts());
    node.put("leftOut", receipts.book().outside());
    node.put("acknowledged", receipts.book().payloads());
    for (Outcome outcome : Outcome.values()) {
      node.put(field(outcome), receipts.tally().count(outcome));
    }
    ArrayNode problems = node.putArray("notProven");
    for (ReceiptTally.Problem problem : receipts.tally().problems()) {
      problems
          .addObject()
          .put("id", problem.id().toString())
          .put("outcome", field(problem.outcome()))
          .put("where", problem.where());
    }
    return node;
  }

  private static String field(Outcome outcome) {
    return outcome == Outcome.DEAD_LETTERED ? "deadLettered" : outcome.label();
  }

  private static ObjectNode watermark(Watermark watermark) {
    ObjectNode node = JSON.createObjectNode();
    node.put("upTo", text(watermark.upTo()));
    node.put("lastHour", text(watermark.lastHour()));
    node.put("heldBy", watermark.heldBy());
    node.set("takenAsEnded", texts(watermark.takenAsEnded()));
    return node;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static ArrayNode texts(List<String> list) {
    ArrayNode texts = JSON.createArrayNode();
    list.forEach(texts::add);
    return texts;
  }
}
