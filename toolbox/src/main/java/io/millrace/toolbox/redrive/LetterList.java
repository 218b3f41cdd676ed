package io.millrace.toolbox.redrive;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codec.MessageHeader;
import io.millrace.queue.QueueException;
import io.millrace.toolbox.letters.DeadLetterQueue;
import io.millrace.toolbox.letters.Letter;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What lies among the dead letters, without the bodies.
 *
 * @param rows by the time they were moved
 * @param others letters that the queue counts beside them, approximately; null if it does not tell
 * @param countFault why it does not; null if it does
 */
record LetterList(List<Row> rows, @Nullable Long others, @Nullable String countFault) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One letter.
   *
   * @param header null if it can't be read
   * @param fault why a worker can't use it; null if it can
   * @param messageBytes length of its body
   */
  record Row(
      String id,
      Instant movedAt,
      String reason,
      @Nullable MessageHeader header,
      @Nullable String fault,
      int messageBytes) {

    static Row of(Letter letter) {
      return new Row(
          letter.id(),
          letter.movedAt(),
          Printable.of(letter.reason()),
          letter.header(),
          letter.fault() == null ? null : Printable.of(letter.fault()),
          Printable.bytes(letter));
    }
  }

  /**
   * Looks at all letters.
   *
   * @param reason only those whose reason holds this text
   */
  static LetterList read(DeadLetterQueue letters, String reason) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    letters.visit(
        letter -> {
          if (letter.reason().contains(reason)) {
            rows.add(Row.of(letter));
          }
          return true;
        });
    rows.sort(Comparator.comparing(Row::movedAt).thenComparing(Row::id));
    try {
      return new LetterList(rows, letters.othersCounted(), null);
    } catch (QueueException refused) {
      return new LetterList(rows, null, String.valueOf(refused.getMessage()));
    }
  }

  /**
   * Prints all of it, and whether all were seen.
   *
   * @param json one document instead of a table
   * @return the exit code: 0 listed, 1 the queue does not tell whether there are more
   */
  int print(PrintWriter out, PrintWriter err, boolean json, Instant now) {
    if (json) {
      out.println(json(now));
    } else {
      out.print(table(now));
    }
    out.flush();
    if (!json || countFault != null) {
      err.println(summary());
    }
    return countFault == null ? 0 : 1;
  }

  /** A heading and a line for each letter; empty if there is none. */
  String table(Instant now) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder();
    line(table, "ID", "TIME", "AGE", "BATCH", "PAYLOADS", "BYTES", "REASON");
    for (Row row : rows) {
      MessageHeader header = row.header;
      line(
          table,
          row.id,
          row.movedAt.truncatedTo(ChronoUnit.SECONDS),
          Printable.age(Duration.between(row.movedAt, now)),
          header == null ? "-" : header.batch(),
          header == null ? "-" : header.payloads(),
          row.messageBytes,
          row.reason);
    }
    return table.toString();
  }

  private static void line(StringBuilder table, Object... cells) {
    table.append(String.format(Locale.ROOT, "%-36s  %-20s  %8s  %-38s  %8s  %8s  %s%n", cells));
  }

  /** How many there are, and whether all were seen. */
  String summary() {
    String count = rows.isEmpty() ? "no dead letters" : "dead letters: " + rows.size();
    if (others == null) {
      return count + "; the queue does not tell whether there are more: " + countFault;
    }
    return others == 0
        ? count
        : count
            + "; the queue counts about "
            + others
            + " more, which are hidden by another look or came just now: look again in 2 minutes";
  }

  /**
   * All of it as one JSON document; a letter whose header can't be read has no batch, and others is
   * null if the queue does not tell.
   */
  String json(Instant now) {
    ObjectNode document = JSON.createObjectNode();
    for (Row row : rows) {
      ObjectNode letter = document.withArray("letters").addObject();
      letter.put("id", row.id);
      letter.put("time", row.movedAt.toString());
      letter.put("age_seconds", Duration.between(row.movedAt, now).toSeconds());
      letter.put("reason", row.reason);
      if (row.fault != null) {
        letter.put("fault", row.fault);
      }
      letter.put("message_bytes", row.messageBytes);
      if (row.header != null) {
        letter.put("batch", row.header.batch());
        letter.put("payloads", row.header.payloads());
        letter.put("bytes", row.header.bytes());
      }
    }
    document.withArray("letters");
    document.put("others", others);
    return document.toString();
  }
}
