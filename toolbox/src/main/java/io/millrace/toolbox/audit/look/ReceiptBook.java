package io.millrace.toolbox.audit.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.BatchId;
import io.millrace.model.Receipt;
import io.millrace.toolbox.audit.judge.ReceiptPart;
import io.millrace.toolbox.audit.judge.Scope;
import io.millrace.toolbox.audit.judge.Scope.Place;
import io.millrace.toolbox.compressed.CompressedInput;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receipts that {@code post --receipts} kept, by batch: hashes as bytes, in memory. Those whose
 * answer came outside of the range, and those of other writers, are only counted. Filled by one
 * thread, then only read.
 */
public final class ReceiptBook {
  private static final ObjectReader JSON = new JsonMapper().readerFor(Kept.class);

  private final Scope scope;
  private final Map<BatchId, List<ReceiptPart>> parts = new HashMap<>();
  private final List<String> cutOff = new ArrayList<>();
  private long receipts;
  private long payloads;
  private long outside;

  /** A line of the file. */
  record Kept(String receipt, String at, List<String> payloads) {}

  public ReceiptBook(Scope scope) {
    this.scope = scope;
  }

  /**
   * Reads a file, plain or with gzip or zstd inside. A last line that is cut off is left out, since
   * a post that was killed leaves one.
   *
   * @throws IOException if it can't be read, or another line is no receipt; names the line
   */
  public void read(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                CompressedInput.detected(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      for (long number = 1; line != null; number++) {
        String next = lines.readLine();
        try {
          add(JSON.readValue(line));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException wrong) {
          tellCutOff(file, number, next);
        }
        line = next;
      }
    }
  }

  private void tellCutOff(Path file, long number, @Nullable String next) throws IOException {
    String where = "line " + number + " of " + file;
    if (next != null) {
      throw new IOException(where + " is no receipt as post --receipts keeps it");
    }
    cutOff.add(where);
  }

  private void add(@Nullable Kept kept) {
    if (kept == null || kept.receipt == null || kept.at == null || kept.payloads == null) {
      throw new IllegalArgumentException("a field is missing");
    }
    List<Receipt> read = Receipt.parse(kept.receipt);
    byte[] hashes = hashes(kept.payloads);
    if (read.stream().mapToLong(Receipt::count).sum() * ReceiptPart.HASH_BYTES != hashes.length) {
      throw new IllegalArgumentException("the receipt counts other payloads");
    }
    boolean inside = scope.place(Instant.parse(kept.at).toEpochMilli()) == Place.INSIDE;
    if (!inside || !scope.covers(read.get(0).batch().writer())) {
      outside++;
      return;
    }
    receipts++;
    payloads += kept.payloads.size();
    int from = 0;
    for (Receipt part : read) {
      int to = from + part.count() * ReceiptPart.HASH_BYTES;
      byte[] own = Arrays.copyOfRange(hashes, from, to);
      parts
          .computeIfAbsent(part.batch(), batch -> new ArrayList<>(1))
          .add(new ReceiptPart(part.first(), own));
      from = to;
    }
  }

  private static byte[] hashes(List<String> payloads) {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (String hex : payloads) {
      byte[] hash = HexFormat.of().parseHex(hex == null ? "" : hex); // JSON's null gets in here
      if (hash.length != ReceiptPart.HASH_BYTES) {
        throw new IllegalArgumentException("not a SHA-256");
      }
      hashes.writeBytes(hash);
    }
    return hashes.toByteArray();
  }

  /** What is kept, by batch. */
  public Map<BatchId, List<ReceiptPart>> parts() {
    return parts;
  }

  /** Receipts that are looked for. */
  public long receipts() {
    return receipts;
  }

  /** Payloads of these. */
  public long payloads() {
    return payloads;
  }

  /** Receipts that are not looked for. */
  public long outside() {
    return outside;
  }

  /** Lines that were cut off. */
  public List<String> cutOff() {
    return cutOff;
  }
}
