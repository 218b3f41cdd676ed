package io.millrace.web.http;

import io.millrace.codec.Line;
import io.millrace.pace.Moment;
import io.millrace.pace.Ticker;
import io.millrace.web.WebMetrics;
import io.millrace.web.batch.BatchQueue;
import io.millrace.web.batch.ByteBudget;
import io.millrace.web.batch.Packing;
import io.millrace.web.batch.Waiting;
import io.millrace.web.parse.CollectionException;
import io.millrace.web.parse.CollectionParser;
import io.millrace.web.parse.ParsedCollection;
import org.eclipse.jetty.http.HttpFields;

/**
 * Parses collections and hands them over to the packer.
 *
 * <p>Thread-safe.
 */
final class CollectionIntake {
  static final String STOPPING = "this server is stopping; ask another";

  private final CollectionParser parser;
  private final Flow flow;
  private final WebMetrics metrics;
  private final ReceivedAt receivedAt = new ReceivedAt();

  /**
   * Where collections go.
   *
   * @param batches takes them
   * @param budget bounds their bytes
   * @param maxLineBytes of one payload's line that a message can take
   * @param ticker the time now
   */
  private record Flow(BatchQueue batches, ByteBudget budget, int maxLineBytes, Ticker ticker) {}

  CollectionIntake(EdgeLimits limits, EdgeParts parts) {
    parser = new CollectionParser(limits.maxPayloads());
    flow = new Flow(parts.batches(), parts.budget(), limits.maxLineBytes(), parts.ticker());
    metrics = parts.metrics();
  }

  /**
   * Takes a collection, or nothing of it.
   *
   * @param body unpacked
   * @param headers of its request
   * @param reservation what the body holds of the budget
   * @param listener learns when all batches of the collection have ended, maybe before this returns
   * @return false if there is nothing to wait for: the collection has no payloads
   * @throws ProblemException if it is refused
   */
  boolean take(Body body, HttpFields headers, Reservation reservation, Waiting.Listener listener)
      throws ProblemException {
    long started = flow.ticker().nanos();
    ParsedCollection collection = parse(body);
    String key = Headers.idempotencyKey(headers);
    Moment arrival = flow.ticker().now(); // ACK_TIMEOUT counts from here, however slow the body
    metrics.parsed(arrival.nanos() - started);
    metrics.changed(collection.changes());
    if (collection.payloads() == 0) {
      return false;
    }
    byte[] middle =
        Line.middle(
            key, receivedAt.text(arrival.epochMs()), collection.version(), collection.token());
    requireFitting(collection, middle);
    handOver(new Packing(collection, middle, arrival, new Waiting(listener)), reservation);
    return true;
  }

  private ParsedCollection parse(Body body) throws ProblemException {
    try {
      return parser.parse(body.bytes(), body.length());
    } catch (CollectionException e) {
      ProblemType type =
          switch (e.fault()) {
            case NOT_JSON -> ProblemType.NOT_JSON;
            case INVALID_COLLECTION -> ProblemType.INVALID_COLLECTION;
            case TOO_MANY_PAYLOADS -> ProblemType.TOO_MANY_PAYLOADS;
          };
      throw new ProblemException(type, String.valueOf(e.getMessage()));
    }
  }

  private void requireFitting(ParsedCollection collection, byte[] middle) throws ProblemException {
    for (int i = 0; i < collection.payloads(); i++) {
      if (Packing.lineBytes(middle, collection.payload(i)) > flow.maxLineBytes()) {
        throw new ProblemException(
            ProblemType.PAYLOAD_TOO_LARGE, "data[" + i + "] is too large for a message by itself");
      }
    }
  }

  private void handOver(Packing packing, Reservation reservation) throws ProblemException {
    long held = packing.bytesHeld();
    if (!reservation.couldAdd(held)) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "the collection's lines take more bytes than this server may ever hold at once");
    }
    if (!reservation.tryReserve(held)) {
      throw Reservation.overloaded();
    }
    if (!flow.batches().add(packing)) {
      flow.budget().release(held);
      throw new ProblemException(ProblemType.STOPPING, STOPPING);
    }
  }
}
