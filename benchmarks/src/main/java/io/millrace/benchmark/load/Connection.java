package io.millrace.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept-alive connection with at most one request under way. One lane's own. */
final class Connection {
  private static final int CONNECT_TIMEOUT_MS = 2000;

  private final InetSocketAddress target;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ResponseParser parser = new ResponseParser();
  private boolean busy;
  private long due;
  private int at;
  private int end;

  private Connection(InetSocketAddress target, SocketChannel channel, SelectionKey key) {
    this.target = target;
    this.channel = channel;
    this.key = key;
    key.attach(this);
  }

  /** Connects, and waits for it: on one machine that takes no time. */
  static Connection open(InetSocketAddress target, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(target, CONNECT_TIMEOUT_MS);
      channel.configureBlocking(false);
      return new Connection(target, channel, channel.register(selector, SelectionKey.OP_READ));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  InetSocketAddress target() {
    return target;
  }

  /** Whether a request is under way. */
  boolean isBusy() {
    return busy;
  }

  /** When the request under way was meant to be sent. */
  long due() {
    return due;
  }

  /** What was read of the answer. */
  ResponseParser parser() {
    return parser;
  }

  /**
   * Begins a request.
   *
   * @param bytes the lane's view of all requests
   * @param start of this one
   * @param behind its last byte
   */
  void send(ByteBuffer bytes, int start, int behind, long dueNanos) throws IOException {
    busy = true;
    due = dueNanos;
    at = start;
    end = behind;
    write(bytes);
    if (at < end) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  /** Writes on when the socket takes more. */
  void writeOn(ByteBuffer bytes) throws IOException {
    write(bytes);
    if (at == end) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** As {@link SocketChannel#read(ByteBuffer)}. */
  int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  /** The answer is complete. */
  void done() {
    busy = false;
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    bytes.limit(end).position(at);
    channel.write(bytes);
    at = bytes.position();
  }
}
