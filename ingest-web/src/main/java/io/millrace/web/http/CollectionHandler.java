package io.millrace.web.http;

import io.javalin.http.Context;
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
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * {@code POST /v1/collections}: admission, body, parse, hand-over; the answer is written when the
 * batches have ended. A request that is refused has given everything back when {@link #handle}
 * returns.
 *
 * <p>Thread-safe.
 */
final class CollectionHandler {
  static final String STOPPING = "this server is stopping; ask another";

  private final BodyReader bodies;
  private final CollectionParser parser;
  private final Flow flow;
  private final WebMetrics metrics;
  private final Answers answers;
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

  static CollectionHandler of(EdgeLimits limits, EdgeParts parts, Answers answers) {
    return new CollectionHandler(
        new BodyReader(limits.maxBodyBytes(), limits.bodyTimeout(), parts.ticker()),
        new CollectionParser(limits.maxPayloads()),
        new Flow(parts.batches(), parts.budget(), limits.maxLineBytes(), parts.ticker()),
        parts.metrics(),
        answers);
  }

  private CollectionHandler(
      BodyReader bodies, CollectionParser parser, Flow flow, WebMetrics metrics, Answers answers) {
    this.bodies = bodies;
    this.parser = parser;
    this.flow = flow;
    this.metrics = metrics;
    this.answers = answers;
  }

  /** Answers at once, or leaves the answer to the sender's thread. */
  void handle(Context ctx) throws IOException, ProblemException {
    RequestBody sent = new RequestBody(ctx.req());
    try {
      take(ctx, sent);
    } catch (ProblemException e) {
      if (sent.isHeldBack() || sent.length() > BodyReader.MAX_DISCARDED_BYTES) {
        ctx.header("Connection", "close");
      } else if (e.type() != ProblemType.REQUEST_TIMEOUT) {
        bodies.readOver(sent);
      }
      throw e;
    }
  }

  private void take(Context ctx, RequestBody sent) throws IOException, ProblemException {
    long startedNanos = System.nanoTime();
    HttpServletRequest request = ctx.req();
    Headers.requireJson(request);
    Headers.Encoding encoding = Headers.encoding(request);
    try (Reservation reservation = new Reservation(flow.budget())) {
      Body body = bodies.read(sent, sent.length(), encoding, reservation);
      metrics.bodyRead(body.length());
      ParsedCollection collection = parse(body);
      String key = Headers.idempotencyKey(request);
      metrics.changed(collection.changes());
      if (collection.payloads() == 0) {
        answers.accepted(ctx, 0, "", startedNanos);
        return;
      }
      Moment arrival = flow.ticker().now(); // ACK_TIMEOUT counts from here, however slow the body
      byte[] middle =
          Line.middle(
              key, receivedAt.text(arrival.epochMs()), collection.version(), collection.token());
      requireFitting(collection, middle);
      Waiting waiting = new Waiting();
      handOver(new Packing(collection, middle, arrival, waiting), reservation);
      answerLater(ctx, collection.payloads(), startedNanos, waiting);
    }
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
    if (!flow.budget().tryReserve(held)) {
      throw Reservation.overloaded();
    }
    if (!flow.batches().add(packing)) {
      flow.budget().release(held);
      throw new ProblemException(ProblemType.STOPPING, STOPPING);
    }
  }

  private void answerLater(Context ctx, int payloads, long startedNanos, Waiting waiting) {
    ctx.future(
        () ->
            waiting
                .accepted()
                .thenAccept(
                    sent -> {
                      if (sent) {
                        answers.accepted(ctx, payloads, waiting.receipt(), startedNanos);
                      } else {
                        answers.problem(
                            ctx,
                            ProblemType.NOT_QUEUED,
                            "the queue did not take the payloads in time; a repeat may store twice");
                      }
                    }));
  }
}
