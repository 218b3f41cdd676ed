package io.millrace.toolbox.post;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.codec.PayloadBytes;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Keeps the receipts of a run as NDJSON, one line for each 202, in the order of the answers: {@code
 * {"receipt":"…","at":"…","payloads":["<hex SHA-256>", …]}}. Each hash is over the payload's bytes
 * as they are stored: as sent, but for the changes of {@link PayloadBytes}. Thread-safe.
 */
final class ReceiptFile implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;

  private ReceiptFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Opens a file for writing.
   *
   * @param append whether lines are added to a file that is there
   * @throws java.nio.file.FileAlreadyExistsException if the file is there and {@code append} is off
   */
  static ReceiptFile open(Path file, boolean append) throws IOException {
    OpenOption[] options = {
      StandardOpenOption.WRITE,
      append ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
      StandardOpenOption.APPEND
    };
    return new ReceiptFile(
        new BufferedOutputStream(Files.newOutputStream(file, options), BUFFER_BYTES));
  }

  /**
   * Adds one line. Changes the collection's payloads in place to the form in which they are stored.
   *
   * @param at when the answer came
   */
  void add(String receipt, Instant at, CollectionBuffer collection) throws IOException {
    StringBuilder line = new StringBuilder(96 + 68 * collection.payloads());
    line.append("{\"receipt\":\"").append(JsonStringEncoder.getInstance().quoteAsString(receipt));
    line.append("\",\"at\":\"")
        .append(at.truncatedTo(ChronoUnit.MILLIS))
        .append("\",\"payloads\":[");
    MessageDigest digest = sha256();
    for (int i = 0; i < collection.payloads(); i++) {
      int start = collection.start(i);
      int end = collection.end(i);
      PayloadBytes.makeReadable(collection.bytes(), start, end);
      digest.update(collection.bytes(), start, end - start);
      line.append(i == 0 ? "\"" : ",\"")
          .append(HexFormat.of().formatHex(digest.digest()))
          .append('"');
    }
    write(line.append("]}\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void write(byte[] line) throws IOException {
    out.write(line);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
