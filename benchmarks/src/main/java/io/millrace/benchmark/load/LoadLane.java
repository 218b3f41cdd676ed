package io.millrace.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of the load generator with its connections. Ends by itself: when the schedule has
 * ended and every answer has come, or {@link #PATIENCE} after.
 */
final class LoadLane implements Runnable {
  /** How long answers may take after the last request. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private static final long RECONNECT_AFTER = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_WAIT_MS = 100;
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(250);
  private static final int INPUT_BYTES = 64 << 10;

  private final Selector selector;
  private final Requests requests;
  private final ByteBuffer bytes;
  private final Turns turns;
  private final long end;
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
  private final byte[] read = new byte[INPUT_BYTES];
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<InetSocketAddress> lost = new ArrayList<>();
  private long reconnectAt;
  private long waitedAt;
  private int request;
  private int underWay;

  /**
   * Connects.
   *
   * @param targets one for each connection
   * @param first the request to begin with, so that lanes do not send the same
   */
  LoadLane(
      List<InetSocketAddress> targets,
      Requests requests,
      int first,
      Schedule schedule,
      LaneTally tally)
      throws IOException {
    this.requests = requests;
    bytes = requests.view();
    request = first % requests.count();
    turns = new Turns(schedule, tally);
    end = schedule.end();
    selector = Selector.open();
    for (InetSocketAddress target : targets) {
      idle.add(Connection.open(target, selector));
    }
  }

  @Override
  public void run() {
    try {
      long now = System.nanoTime();
      while (now < end || (underWay > 0 && now < end + PATIENCE)) {
        sendDue(now);
        await(now);
        now = System.nanoTime();
      }
      finish(now);
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    }
  }

  private void sendDue(long now) {
    reconnect(now);
    while (!idle.isEmpty() && turns.isDue(now)) {
      Connection connection = idle.remove();
      underWay++;
      long due = turns.take(now);
      try {
        connection.send(bytes, requests.start(request), requests.end(request), due);
      } catch (IOException e) {
        lost(connection);
      }
      request = request + 1 == requests.count() ? 0 : request + 1;
    }
  }

  /**
   * Waits for answers or the next turn, but never wakes up more often than each {@link #PAUSE}: so
   * one wake-up serves many, and a latency is at most so much too long.
   */
  private void await(long now) throws IOException {
    if (now - waitedAt < PAUSE) {
      LockSupport.parkNanos(PAUSE - (now - waitedAt));
    }
    waitedAt = System.nanoTime();
    long untilDue = idle.isEmpty() ? Long.MAX_VALUE : turns.untilNext(waitedAt);
    long ms = Math.min(MAX_WAIT_MS, TimeUnit.NANOSECONDS.toMillis(untilDue));
    if (ms == 0) {
      selector.selectNow(this::ready);
    } else {
      selector.select(this::ready, ms);
    }
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.writeOn(bytes);
      }
      if (key.isReadable()) {
        read(connection);
      }
    } catch (IOException e) {
      lost(connection);
    }
  }

  private void read(Connection connection) throws IOException {
    input.clear();
    int count = connection.read(input);
    if (count < 0) {
      lost(connection);
      return;
    }
    input.flip().get(read, 0, count);
    int at = 0;
    while (at < count) {
      at = connection.parser().read(read, at, count);
      if (connection.parser().isComplete()) {
        answered(connection);
      }
    }
  }

  private void answered(Connection connection) throws IOException {
    if (!connection.isBusy()) {
      throw new IOException("an answer that nobody asked for");
    }
    ResponseParser answer = connection.parser();
    turns.answered(connection.due(), System.nanoTime(), answer.status(), answer.accepted());
    connection.done();
    underWay--;
    if (answer.closes()) {
      lost(connection);
    } else {
      idle.add(connection);
    }
  }

  private void lost(Connection connection) {
    if (connection.isBusy()) {
      turns.broken();
      connection.done();
      underWay--;
    }
    idle.remove(connection);
    connection.close();
    lost.add(connection.target());
  }

  private void reconnect(long now) {
    if (lost.isEmpty() || now < reconnectAt) {
      return;
    }
    List<InetSocketAddress> targets = List.copyOf(lost);
    lost.clear();
    for (InetSocketAddress target : targets) {
      try {
        idle.add(Connection.open(target, selector));
      } catch (IOException e) {
        lost.add(target);
        reconnectAt = now + RECONNECT_AFTER;
      }
    }
  }

  private void finish(long now) throws IOException {
    turns.finish(now);
    for (SelectionKey key : List.copyOf(selector.keys())) {
      Connection connection = (Connection) key.attachment();
      if (connection.isBusy()) {
        turns.unanswered(connection.due(), now);
      }
      connection.close();
    }
    selector.close();
  }
}
