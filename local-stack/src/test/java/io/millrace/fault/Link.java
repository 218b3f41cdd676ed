package io.millrace.fault;

import java.net.URI;

/**
 * The way from the tiers to one server: a wire, behind it a gateway, behind that the server. Each
 * can be made to fail. Thread-safe.
 */
record Link(Wire wire, Gateway gateway) implements AutoCloseable {
  /**
   * A way without faults.
   *
   * @param port where clients connect to
   */
  static Link to(URI server, int port) {
    Gateway gateway = Gateway.before(server);
    return new Link(Wire.to(gateway.address(), port), gateway);
  }

  /** Where clients connect to. */
  URI address() {
    return wire.address();
  }

  /** Ends every fault. */
  void restore() {
    gateway.restore();
    wire.restore();
  }

  @Override
  public void close() {
    wire.close();
    gateway.close();
  }
}
