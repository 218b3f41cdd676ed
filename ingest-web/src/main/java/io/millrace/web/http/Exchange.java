package io.millrace.web.http;

import io.millrace.trace.TraceSpan;
import io.millrace.trace.Tracing;
import io.millrace.web.batch.PendingCollection;
import io.millrace.web.http.answer.Answer;
import io.millrace.web.http.answer.Answers;
import io.millrace.web.http.answer.ProblemException;
import io.millrace.web.http.answer.ProblemType;
import io.millrace.web.http.body.Body;
import io.millrace.web.http.body.BodyDiscard;
import io.millrace.web.http.body.BodyLimits;
import io.millrace.web.http.body.BodyLimits.Unfinished;
import io.millrace.web.http.body.BodyReader;
import io.millrace.web.http.body.Headers;
import io.millrace.web.http.body.Headers.Encoding;
import io.millrace.web.http.body.Reservation;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * One POST of a collection: its body as it comes, then the hand-over, then the answer when its
 * batches have ended. No thread waits for any of it. Whatever is refused has given everything back
 * before it is answered. At most one answer is written.
 *
 * <p>One thread at a time.
 */
final class Exchange extends Invocable.Task.Abstract
    implements PendingCollection.Listener, Callback {
  /** Larger bodies are parsed in the lane, so that other connections go on. */
  private static final int MAX_BYTES_IN_PLACE = 16 << 10;

  /** Larger ones leave a part of the budget to the others, see {@link Reservation}. */
  private static final int MAX_SMALL_BYTES = 64 << 10;

  private static final AtomicIntegerFieldUpdater<Exchange> ANSWERS =
      AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "answered");

  private static final AtomicIntegerFieldUpdater<Exchange> ENDS =
      AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "ends");

  private final BodyLimits bodies;
  private final Admission admission;
  private final Answers answers;
  private final Tracing tracing;
  private final Executor lane;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Reservation reservation;
  private final long startedNanos;
  private Encoding encoding = Encoding.IDENTITY;
  private boolean bodyAskedFor;
  private boolean bodyAwaited;

  /** At most 1: the sender may end the collection while the request's thread still fails. */
  @SuppressWarnings("UnusedVariable") // read by its updater
  private volatile int answered;

  /** At most 1: a write that throws has told so, or not. */
  @SuppressWarnings("UnusedVariable") // read by its updater
  private volatile int ends;

  /** Not beyond the hand-over: until the answer only what the budget holds is kept. */
  private @Nullable BodyReader reader;

  private @Nullable TraceSpan span;

  /** A step towards the answer. */
  private interface Step {
    void run() throws IOException, ProblemException;
  }

  /**
   * @param lane where large and compressed bodies are unpacked and parsed
   * @param request of an {@link EdgeConnection}
   */
  Exchange(
      BodyLimits bodies,
      Admission admission,
      Answers answers,
      Tracing tracing,
      Executor lane,
      Request request,
      Response response,
      Callback callback) {
    super(InvocationType.NON_BLOCKING);
    this.bodies = bodies;
    this.admission = admission;
    this.answers = answers;
    this.tracing = tracing;
    this.lane = lane;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.reservation = admission.reservation();
    this.startedNanos = answers.nowNanos();
  }

  /** Looks at the headers, and takes what has come of the body. */
  void start() {
    if (tracing.isOn()) {
      span = tracing.request("POST " + CollectionHandler.PATH, request.getHeaders()::get);
    }
    attempt(this::begin);
  }

  /** More of the body has come. */
  @Override
  public void run() {
    attempt(this::read);
  }

  private void begin() throws IOException, ProblemException {
    Headers.requireJson(request.getHeaders());
    encoding = Headers.encoding(request.getHeaders());
    reader = new BodyReader(bodies, request.getLength(), reservation);
    bodyAskedFor = true;
    read();
  }

  private void read() throws IOException, ProblemException {
    BodyReader reading = Objects.requireNonNull(reader);
    switch (reading.read(request)) {
      case WAITS -> {
        await(reading);
        request.demand(this);
      }
      case YIELDS -> lane.execute(this);
      case ENDED -> {
        await(null);
        reader = null;
        takeOrHandOver(reading.body());
      }
    }
  }

  private void takeOrHandOver(Body body) throws ProblemException {
    if (body.length() <= MAX_SMALL_BYTES) {
      reservation.whole();
    }
    if (encoding == Encoding.IDENTITY && body.length() <= MAX_BYTES_IN_PLACE) {
      take(body);
    } else {
      lane.execute(() -> attempt(() -> take(body)));
    }
  }

  /** Puts a body under the watch of its deadline; null ends that. Most bodies need none. */
  private void await(@Nullable Unfinished body) {
    if (body != null && !bodyAwaited) {
      bodyAwaited = true;
      request.addIdleTimeoutListener(late -> false); // what nobody waits for is not late
    }
    if (bodyAwaited) {
      ((EdgeConnection) request.getConnectionMetaData()).waitFor(body);
    }
  }

  private void take(Body sent) throws ProblemException {
    boolean waits = admission.take(sent, encoding, request.getHeaders(), reservation, this);
    reservation.close();
    if (!waits) {
      answer(answers.accepted(0, "", startedNanos));
    }
  }

  /** All its batches have ended. */
  @Override
  public void ended(PendingCollection collection) {
    Invocable.invokeNonBlocking(() -> end(collection));
  }

  @Override
  public @Nullable TraceSpan span() {
    return span;
  }

  private void end(PendingCollection collection) {
    try {
      answer(TraceSpan.within(span, () -> outcome(collection)));
    } catch (RuntimeException | Error e) {
      answerFailure(e);
    }
  }

  private Answer outcome(PendingCollection collection) {
    if (collection.state() == PendingCollection.State.ACCEPTED) {
      return answers.accepted(collection.payloads(), collection.receipt(), startedNanos);
    }
    return answers.problem(
        ProblemType.NOT_QUEUED,
        "the queue did not take the payloads in time; a repeat may store twice");
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (ProblemException e) {
      reservation.close();
      refuse(e);
    } catch (IOException e) {
      reservation.close();
      // The client or the network broke off; mostly nobody reads this.
      answer(answers.problem(ProblemType.NOT_JSON, "the body was cut off"));
    } catch (RuntimeException | Error e) {
      reservation.close();
      answerFailure(e);
    }
  }

  private void answerFailure(Throwable cause) {
    try {
      answer(TraceSpan.within(span, () -> answers.failure(cause)));
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private void refuse(ProblemException e) {
    Answer answer = answers.problem(e.type(), e.detail());
    boolean unasked = !bodyAskedFor && Headers.isBodyHeldBack(request.getHeaders());
    if (unasked || request.getLength() > BodyDiscard.MAX_BYTES) {
      response.getHeaders().put(Answers.CLOSE);
      answer(answer);
    } else if (e.type() == ProblemType.REQUEST_TIMEOUT) {
      answer(answer);
    } else {
      BodyDiscard discard = new BodyDiscard(request, bodies, lane, () -> answer(answer));
      await(discard);
      discard.run();
    }
  }

  /** Writes the answer, unless there was one; whatever is wrong with it then fails the request. */
  private void answer(Answer answer) {
    if (!ANSWERS.compareAndSet(this, 0, 1)) {
      return;
    }
    try {
      await(null);
      write(answer);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private void write(Answer answer) {
    if (span != null) {
      endSpan(span, answer.status());
    }
    if (answers.isDraining()) {
      response.getHeaders().put(Answers.CLOSE);
    }
    answer.to(response, this);
  }

  /** The answer is written. */
  @Override
  public void succeeded() {
    if (ENDS.compareAndSet(this, 0, 1)) {
      callback.succeeded();
    }
  }

  /** The answer can't be written, or there is none; Jetty answers 500 if it still can. */
  @Override
  public void failed(Throwable cause) {
    if (ENDS.compareAndSet(this, 0, 1)) {
      answers.failedToWrite();
      callback.failed(cause);
    }
  }

  private static void endSpan(TraceSpan span, int status) {
    span.set("http.request.method", "POST");
    span.set("http.route", CollectionHandler.PATH);
    span.set("http.response.status_code", status);
    if (status >= 500) {
      span.fail("status " + status);
    }
    span.end();
  }
}
