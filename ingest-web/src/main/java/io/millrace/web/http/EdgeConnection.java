package io.millrace.web.http;

import io.millrace.web.http.body.BodyLimits.Unfinished;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its share of the thread that reads it, and how long it has been where it stands.
 * Nobody sets a timer for a request; {@link ConnectionWatch} looks at all connections twice a
 * second.
 *
 * <p>The turn belongs to the thread that reads, the rest to the watch.
 */
final class EdgeConnection extends HttpConnection {
  /** Only requests that are answered at once get here: the refused and the empty. */
  private static final int REQUESTS_A_TURN = 8;

  /** And of so many bytes; a body that is still coming has its own bound, see BodyReader. */
  private static final long REQUEST_BYTES_A_TURN = 64 << 10;

  private int requestsOfTurn;
  private long bytesBeforeTurn;

  /** Set while bytes of a body are to come. */
  private volatile @Nullable Unfinished unfinished;

  private State state = State.HEAD;
  private long requestsBefore;
  private long sinceNanos;

  /** Where a connection stands. */
  enum State {
    /** Between requests. Longer than a balancer's idle timeout, see {@link JettySetup}. */
    IDLE(JettySetup.IDLE_TIMEOUT),
    /** Opened and without a request so far, or in the middle of a request's head. */
    HEAD(Duration.ofSeconds(10)),
    /** A request is read or waits for its answer; the body and the sender have their own time. */
    REQUEST(Duration.ofNanos(Long.MAX_VALUE)),
    /** An answer can't be written, as the client reads nothing. */
    ANSWER(Duration.ofSeconds(10)),
    /** The server has ended its side, the client has not. */
    ENDING(Duration.ofSeconds(10));

    /** All that can last too long. */
    static final Set<State> LIMITED = EnumSet.complementOf(EnumSet.of(REQUEST));

    private final long limitNanos;

    State(Duration limit) {
      limitNanos = limit.toNanos();
    }
  }

  EdgeConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
    super(configuration, connector, endPoint);
    sinceNanos = Long.MIN_VALUE; // not looked at yet
  }

  /** A thread comes to read requests, and goes on as long as each is answered at once. */
  @Override
  public void onFillable() {
    requestsOfTurn = 0;
    bytesBeforeTurn = getBytesIn();
    super.onFillable();
  }

  /** Counts a request; true if the thread has to look after others before this one. */
  boolean isTurnOver() {
    requestsOfTurn++;
    return requestsOfTurn > 1
        && (requestsOfTurn > REQUESTS_A_TURN
            || getBytesIn() - bytesBeforeTurn > REQUEST_BYTES_A_TURN);
  }

  /** From now on bytes of this body are to come; null when they have. */
  void waitFor(@Nullable Unfinished body) {
    unfinished = body;
  }

  /** The body of which bytes are to come; null if there is none. */
  @Nullable Unfinished unfinished() {
    return unfinished;
  }

  /**
   * Looks where the connection stands; to be called again and again, by one thread.
   *
   * @return the state that it has been in for too long, null if for none
   */
  @Nullable State look(long nowNanos) {
    State seen = stateNow();
    long requests = getMessagesIn();
    if (seen != state || requests != requestsBefore || sinceNanos == Long.MIN_VALUE) {
      state = seen;
      requestsBefore = requests;
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos > state.limitNanos ? state : null;
  }

  /** Whether it is between requests, or has never sent a byte, and has been looked at before. */
  boolean isIdle() {
    return sinceNanos != Long.MIN_VALUE
        && getParser().isStart()
        && stateNow() != State.ENDING
        && getMessagesIn() == requestsBefore;
  }

  /** Since when it has been where it was at the last look. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Lets the reader of the unfinished body know that its time is over; it answers. */
  void endBody() {
    onIdleExpired(new TimeoutException("the body is too slow"));
  }

  /** Ends the connection, without an answer. */
  void end(String why) {
    ((AbstractEndPoint) getEndPoint()).close(new TimeoutException(why));
  }

  private State stateNow() {
    AbstractEndPoint endPoint = (AbstractEndPoint) getEndPoint();
    if (endPoint.getWriteFlusher().isPending()) {
      return State.ANSWER;
    }
    if (endPoint.isOutputShutdown()) {
      return State.ENDING;
    }
    HttpParser.State parser = getParser().getState();
    if (parser == HttpParser.State.START) {
      return getMessagesIn() == 0 ? State.HEAD : State.IDLE;
    }
    return parser.compareTo(HttpParser.State.CONTENT) < 0 ? State.HEAD : State.REQUEST;
  }
}
