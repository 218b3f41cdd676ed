package io.millrace.toolbox.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import io.millrace.toolbox.audit.judge.ReceiptPart;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.look.ReceiptBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A file as {@code post --receipts} keeps it.
 *
 * @param file made by the first line
 */
public record SampleReceipts(Path file) {
  public static final String AT = "2026-11-23T03:35:21Z";

  /** A 202 for payloads as {@link SampleBatch} makes them. */
  public SampleReceipts add(BatchId batch, int first, int count) throws IOException {
    List<String> payloads = new ArrayList<>();
    for (int n = first; n < first + count; n++) {
      payloads.add(SampleBatch.payload(n));
    }
    return add(new Receipt(batch, first, count).toString(), AT, payloads);
  }

  public SampleReceipts add(String receipt, String at, List<String> payloads) throws IOException {
    List<String> hashes =
        payloads.stream()
            .map(payload -> ReceiptPart.sha256().digest(payload.getBytes(UTF_8)))
            .map(hash -> "\"" + HexFormat.of().formatHex(hash) + "\"")
            .toList();
    return raw(
        "{\"receipt\":\"%s\",\"at\":\"%s\",\"payloads\":[%s]}\n"
            .formatted(receipt, at, String.join(",", hashes)));
  }

  public SampleReceipts raw(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return this;
  }

  public ReceiptBook book(Scope scope) throws IOException {
    ReceiptBook book = new ReceiptBook(scope);
    book.read(file);
    return book;
  }

  public ReceiptBook book() throws IOException {
    return book(SampleAudit.EVERYTHING);
  }
}
