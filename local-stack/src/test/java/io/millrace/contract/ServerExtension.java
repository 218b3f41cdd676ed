package io.millrace.contract;

import io.millrace.config.ServiceAccess;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts a server before the tests of a class and stops it behind them. */
final class ServerExtension implements BeforeAllCallback, AfterAllCallback {
  /**
   * A running server.
   *
   * @param stop called behind the last test
   */
  record Server(ServiceAccess access, AutoCloseable stop) {}

  private final Callable<Server> start;
  private final String names = "contract-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  private final AtomicInteger given = new AtomicInteger();
  private Server server;

  /**
   * @param start skips the class by an assumption where there is no such server
   */
  ServerExtension(Callable<Server> start) {
    this.start = start;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    server = start.call();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (server != null) {
      server.stop().close();
    }
  }

  ServiceAccess access() {
    return server.access();
  }

  /** A name for a queue or bucket that nobody has used yet. */
  String newName() {
    return names + given.incrementAndGet();
  }
}
