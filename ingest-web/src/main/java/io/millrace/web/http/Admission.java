package io.millrace.web.http;

import io.millrace.codec.Line;
import io.millrace.run.ByteBudget;
import io.millrace.time.Moment;
import io.millrace.time.Ticker;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.PendingCollection;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.answer.ProblemType;
import io.millrace.web.http.body.Body;
import io.millrace.web.http.body.BodyLimits;
import io.millrace.web.http.body.Decompression;
import io.millrace.web.http.body.Headers;
import io.millrace.web.http.body.Headers.Encoding;
import io.millrace.web.http.body.Reservation;
import io.millrace.web.parse.CollectionException;
import io.millrace.web.parse.CollectionParser;
import io.millrace.web.parse.ParsedCollection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.jetty.http.HttpFields;

/**
 * Unpacks and parses collections and hands them over to the packer.
 *
 * <p>Thread-safe.
 */
public final class Admission {
  public static final String STOPPING = "this server is stopping; ask another";

  /**
   * Bytes of lines that any collection may make. With it hundreds of the smallest payloads are
   * taken, and one payload always is: its line is its body and some 250 bytes.
   */
  private static final long ANY_LINE_BYTES = 64 << 10;

  /**
   * And for each byte of its body. A body of one event makes 1.2 to 3 bytes of lines for each of
   * its own, one of many events of 12 bytes about 15.
   */
  private static final long LINE_BYTES_PER_BYTE = 16;

  /**
   * But never more than so many bodies of the largest size: a full body of events of 150 bytes
   * makes two, of 300 bytes one and a half.
   */
  private static final long LINE_BYTES_PER_LARGEST_BODY = 3;

  /** Moments as the lines have them. */
  private static final DateTimeFormatter RECEIVED_AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final BodyLimits bodies;
  private final CollectionParser parser;
  private final int maxLineBytes;
  private final BatchQueue batches;
  private final ByteBudget budget;
  private final EdgeMetrics metrics;
  private final Ticker ticker;

  /** Of the last collection: under load many come within one millisecond. */
  private volatile ReceivedAt received = new ReceivedAt(0);

  /** A moment and its text. */
  private record ReceivedAt(long epochMs, String text) {
    ReceivedAt(long epochMs) {
      this(epochMs, RECEIVED_AT.format(Instant.ofEpochMilli(epochMs)));
    }
  }

  /**
   * @param maxLineBytes of one payload's line that fits a message
   * @param batches takes the collections
   * @param budget bounds the bytes of bodies and collections
   */
  public Admission(
      BodyLimits bodies,
      CollectionParser parser,
      int maxLineBytes,
      BatchQueue batches,
      ByteBudget budget,
      EdgeMetrics metrics,
      Ticker ticker) {
    this.bodies = bodies;
    this.parser = parser;
    this.maxLineBytes = maxLineBytes;
    this.batches = batches;
    this.budget = budget;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /** For the bytes of one request; nothing is reserved yet. */
  Reservation reservation() {
    return new Reservation(budget);
  }

  /**
   * Takes a collection, or nothing of it.
   *
   * @param sent the body as it was sent
   * @param headers of its request
   * @param reservation what the body holds of the budget
   * @param listener learns when all batches of the collection have ended, maybe before this returns
   * @return false if there is nothing to wait for: the collection has no payloads
   * @throws ProblemException if it is refused
   */
  boolean take(
      Body sent,
      Encoding encoding,
      HttpFields headers,
      Reservation reservation,
      PendingCollection.Listener listener)
      throws ProblemException {
    metrics.bodyRead(sent.length());
    Body body = Decompression.unpack(sent, encoding, bodies.maxBytes(), reservation);
    long started = ticker.nanos();
    ParsedCollection collection = parse(body, reservation);
    String key = Headers.idempotencyKey(headers);
    Moment arrival = ticker.now(); // ACK_TIMEOUT counts from here, however slow the body
    metrics.parsed(arrival.nanos() - started);
    metrics.changed(collection.changes());
    if (collection.payloads() == 0) {
      return false;
    }
    byte[] middle =
        Line.middle(key, receivedAt(arrival.epochMs()), collection.version(), collection.token());
    PendingCollection pending = new PendingCollection(collection, middle, arrival, listener);
    requireProportion(pending, collection.payloads(), body.length());
    requireFitting(pending, collection);
    handOver(pending, reservation);
    return true;
  }

  private String receivedAt(long epochMs) {
    ReceivedAt last = received;
    if (last.epochMs != epochMs) {
      last = new ReceivedAt(epochMs);
      received = last;
    }
    return last.text;
  }

  private ParsedCollection parse(Body body, Reservation reservation) throws ProblemException {
    try {
      return parser.parse(body.bytes(), body.length(), bytes -> isThereRoom(reservation, bytes));
    } catch (CollectionException e) {
      ProblemType type =
          switch (e.fault()) {
            case NOT_JSON -> ProblemType.NOT_JSON;
            case INVALID_COLLECTION -> ProblemType.INVALID_COLLECTION;
            case TOO_MANY_PAYLOADS -> ProblemType.TOO_MANY_PAYLOADS;
            case NO_ROOM -> throw Reservation.overloaded();
          };
      throw new ProblemException(type, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isThereRoom(Reservation reservation, long bytes) {
    try {
      reservation.add(bytes);
      return true;
    } catch (ProblemException overloaded) {
      return false;
    }
  }

  /** Refuses a collection whose lines, with all that they repeat, are out of all proportion. */
  private void requireProportion(PendingCollection pending, int payloads, int bodyBytes)
      throws ProblemException {
    long most =
        ANY_LINE_BYTES
            + Math.min(
                LINE_BYTES_PER_BYTE * bodyBytes, LINE_BYTES_PER_LARGEST_BODY * bodies.maxBytes());
    if (pending.lineBytes() > most) {
      throw new ProblemException(
          ProblemType.TOO_MANY_PAYLOADS,
          "the lines of data's %d payloads, each with version and token, take %d bytes, more than the %d allowed for a body of %d bytes"
              .formatted(payloads, pending.lineBytes(), most, bodyBytes));
    }
  }

  private void requireFitting(PendingCollection pending, ParsedCollection collection)
      throws ProblemException {
    if (pending.longestLineBytes() <= maxLineBytes) {
      return;
    }
    for (int i = 0; i < collection.payloads(); i++) {
      if (pending.lineBytes(collection.payload(i)) > maxLineBytes) {
        throw new ProblemException(
            ProblemType.PAYLOAD_TOO_LARGE, "data[" + i + "] is too large for a message by itself");
      }
    }
  }

  private void handOver(PendingCollection pending, Reservation reservation)
      throws ProblemException {
    long held = pending.bytesHeld();
    if (!reservation.couldAdd(held)) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "the collection's lines take more bytes than this server may ever hold at once");
    }
    if (!reservation.tryReserve(held)) {
      throw Reservation.overloaded();
    }
    boolean added = false;
    try {
      added = batches.add(pending);
    } finally {
      if (!added) {
        budget.release(held);
      }
    }
    if (!added) {
      throw new ProblemException(ProblemType.STOPPING, STOPPING);
    }
  }
}
