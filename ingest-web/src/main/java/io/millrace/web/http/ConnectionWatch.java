package io.millrace.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.Counter;
import io.millrace.run.ByteBudget;
import io.millrace.time.FailureStreak;
import io.millrace.time.Ticker;
import io.millrace.web.http.answer.EdgeMetrics;
import io.millrace.web.http.answer.Problem;
import io.millrace.web.http.answer.ProblemType;
import io.millrace.web.http.answer.RetryAfter;
import io.millrace.web.http.body.BodyLimits.Unfinished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections, keeps them below their limit, and ends those whose time is over. Twice a
 * second it looks at each; so a deadline costs a request nothing, and fires whatever the client
 * does, up to half a second late.
 *
 * <p>A bean of the connector, which starts and stops it. {@link #run} is called by the server's
 * scheduler, the rest by the acceptor and by the selectors.
 */
public final class ConnectionWatch extends AbstractLifeCycle
    implements SelectorManager.AcceptListener, Runnable {
  static final Duration PERIOD = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  /** Younger bodies are not yet judged by what has come of them. */
  private static final Duration MIN_AGE = Duration.ofSeconds(1);

  private final int limit;
  private final ByteBudget budget;
  private final Ticker ticker;
  private final Counter givenUp;
  private final Counter refused;
  private final Map<EdgeConnection.State, Counter> ended =
      new EnumMap<>(EdgeConnection.State.class);
  private final FailureStreak failures = new FailureStreak();
  private final AtomicInteger open = new AtomicInteger();

  /** Longest idle first; the acceptor's own, made anew at most once a period. */
  private final Deque<EdgeConnection> idle = new ArrayDeque<>();

  private @Nullable Long idleSinceNanos;

  /** Set before the first start. */
  private @Nullable ServerConnector connector;

  /**
   * @param limit most connections, at least 1
   * @param budget of the bytes of bodies
   */
  public ConnectionWatch(int limit, ByteBudget budget, EdgeMetrics metrics, Ticker ticker) {
    this.limit = limit;
    this.budget = budget;
    this.ticker = ticker;
    metrics.connections(open::get, limit);
    givenUp = metrics.connectionsEnded("given_up");
    refused = metrics.connectionsEnded("refused");
    for (EdgeConnection.State state : EdgeConnection.State.LIMITED) {
      ended.put(state, metrics.connectionsEnded(state.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Watches the connections of this connector, from its start to its stop. */
  void watch(ServerConnector watched) {
    connector = watched;
    watched.addBean(this);
  }

  private ServerConnector connector() {
    return Objects.requireNonNull(connector, "starts with its connector");
  }

  @Override
  protected void doStart() {
    schedule();
  }

  /** Ends what is over its time, and plans the next look. */
  @Override
  public void run() {
    try {
      look();
    } catch (RuntimeException e) {
      if (failures.failed()) {
        LOG.error("Looking at the connections failed, {} times so far", failures.length(), e);
      }
    } finally {
      schedule();
    }
  }

  private void schedule() {
    if (!isStopping() && !isStopped()) {
      connector().getScheduler().schedule(this, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    long now = ticker.nanos();
    boolean tight = budget.reserved() > tightBytes(budget);
    List<EdgeConnection> bodies = new ArrayList<>();
    for (EdgeConnection connection : connections()) {
      EdgeConnection.State over = connection.look(now);
      Unfinished body = connection.unfinished();
      if (over != null) {
        Objects.requireNonNull(ended.get(over)).increment();
        connection.end("in the state " + over + " for too long");
      } else if (body != null && body.isTooSlow()) {
        connection.endBody();
      } else if (body != null && tight && now - body.startedNanos() > MIN_AGE.toNanos()) {
        bodies.add(connection);
      }
    }
    if (!bodies.isEmpty()) {
      endSlowest(bodies, now);
    }
  }

  /** From here on the slowest bodies have to go, so that there is room for others. */
  static long tightBytes(ByteBudget budget) {
    return budget.bulkLimit() / 4 * 3;
  }

  private void endSlowest(List<EdgeConnection> bodies, long now) {
    record Slow(EdgeConnection connection, long heldBytes, double bytesPerNano) {}
    long wanted = budget.reserved() - tightBytes(budget);
    List<Slow> slowest = new ArrayList<>();
    for (EdgeConnection connection : bodies) {
      Unfinished body = connection.unfinished();
      if (body != null && body.heldBytes() > 0) {
        double rate = (double) body.receivedBytes() / (now - body.startedNanos());
        slowest.add(new Slow(connection, body.heldBytes(), rate));
      }
    }
    slowest.sort(Comparator.comparingDouble(Slow::bytesPerNano));
    for (Slow slow : slowest) {
      if (wanted <= 0) {
        return;
      }
      slow.connection().endBody();
      wanted -= slow.heldBytes();
    }
  }

  /** A connection has come in, and may be one too many. */
  @Override
  public void onAccepting(SelectableChannel channel) {
    if (open.incrementAndGet() > limit && !giveUpOne()) {
      refuse(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    open.decrementAndGet();
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    open.decrementAndGet();
  }

  /** Ends the connection that has been idle for the longest time; false if none is. */
  private boolean giveUpOne() {
    long now = ticker.nanos();
    if (idle.isEmpty() && (idleSinceNanos == null || now - idleSinceNanos >= PERIOD.toNanos())) {
      idleSinceNanos = now;
      connections().stream()
          .filter(EdgeConnection::isIdle)
          .sorted(Comparator.comparingLong(connection -> connection.sinceNanos() - now))
          .forEach(idle::add);
    }
    EdgeConnection longest = idle.poll();
    while (longest != null) {
      if (longest.isIdle() && longest.getEndPoint().isOpen()) {
        givenUp.increment();
        longest.end("given up for another");
        return true;
      }
      longest = idle.poll();
    }
    return false;
  }

  /** Answers before anything is read: a client that has not sent its request yet sees why. */
  private void refuse(SelectableChannel channel) {
    refused.increment();
    Problem problem =
        Problem.of(
            ProblemType.OVERLOADED, "this server has all the connections that it may; try later");
    byte[] body = problem.toJson();
    String head =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: "
            + Problem.MEDIA_TYPE
            + "\r\nRetry-After: "
            + RetryAfter.forConnection()
            + "\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteBuffer answer = ByteBuffer.allocate(head.length() + body.length);
    answer.put(head.getBytes(ISO_8859_1)).put(body).flip();
    try (channel) {
      ((SocketChannel) channel).write(answer); // fits the empty buffer of a new socket
    } catch (IOException e) {
      // The client has gone; it is refused all the same.
    }
  }

  private List<EdgeConnection> connections() {
    List<EdgeConnection> all = new ArrayList<>();
    connector()
        .getConnectedEndPoints()
        .forEach(
            endPoint -> {
              if (endPoint.getConnection() instanceof EdgeConnection connection) {
                all.add(connection);
              }
            });
    return all;
  }
}
