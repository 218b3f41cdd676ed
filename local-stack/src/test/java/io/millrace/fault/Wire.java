package io.millrace.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.core.throttle.DelayThrottler;
import org.netcrusher.core.throttle.Throttler;
import org.netcrusher.core.throttle.rate.ByteRateThrottler;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * The network between a client and a server, by NetCrusher: bytes pass, or come late, or not at
 * all. The address stays the same whatever happens to the server. Thread-safe.
 */
final class Wire implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long TICK_MS = 2;

  private final NioReactor reactor;
  private final TcpCrusher crusher;
  private final AtomicReference<Throttler> throttler = new AtomicReference<>(Throttler.NOOP);

  private Wire(URI server, int port) throws IOException {
    reactor = new NioReactor(TICK_MS);
    crusher =
        TcpCrusherBuilder.builder()
            .withReactor(reactor)
            .withBindAddress(HOST, port)
            .withConnectAddress(server.getHost(), server.getPort())
            .withOutgoingThrottlerFactory(client -> this::delayNs)
            .withIncomingThrottlerFactory(client -> this::delayNs)
            .buildAndOpen();
  }

  /**
   * A wire to a server; lets everything pass.
   *
   * @param port where clients connect to
   */
  static Wire to(URI server, int port) {
    try {
      return new Wire(server, port);
    } catch (IOException e) {
      throw new UncheckedIOException("no wire to " + server, e);
    }
  }

  /** Where clients connect to. */
  URI address() {
    return URI.create("http://" + HOST + ":" + crusher.getBindAddress().getPort());
  }

  /** Cuts all connections and refuses new ones, as if nobody listened. */
  void unplug() {
    crusher.close();
  }

  /** Cuts all connections at once; new ones pass. */
  void cut() {
    crusher.closeAllPairs();
  }

  /**
   * Nothing passes any more and nobody is told: connections stay open, new ones are accepted and
   * stay silent. What was sent meanwhile arrives at {@link #restore}.
   */
  void freeze() {
    crusher.freeze();
  }

  /** Each read of the network takes so much longer, in both directions. */
  void delay(Duration latency) {
    throttler.set(new DelayThrottler(latency.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** All connections together pass no more than this in either direction. */
  void limit(int bytesPerSecond) {
    throttler.set(new ByteRateThrottler(bytesPerSecond, 1, TimeUnit.SECONDS));
  }

  /** Lets everything pass again. */
  void restore() {
    throttler.set(Throttler.NOOP);
    if (!crusher.isOpen()) {
      crusher.open();
    }
    if (crusher.isFrozen()) {
      crusher.unfreeze();
    }
  }

  /** Waits until a connection has brought so many bytes from a client. */
  void awaitBytes(long bytes) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                crusher.getClientAddresses().stream()
                    .map(crusher::getClientByteMeters)
                    .anyMatch(m -> m != null && m.getSentMeter().getTotalCount() >= bytes));
  }

  @Override
  public void close() {
    if (crusher.isOpen()) {
      crusher.close();
    }
    reactor.close();
  }

  private long delayNs(java.nio.ByteBuffer bytes) {
    return throttler.get().calculateDelayNs(bytes);
  }
}
