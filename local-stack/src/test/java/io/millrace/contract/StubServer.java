package io.millrace.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.config.ServiceAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that gives prepared answers, each on a connection of its own, and then none. */
final class StubServer implements AutoCloseable {
  /**
   * An answer.
   *
   * @param status 0 ends the connection without one
   */
  record Answer(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> answers;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger received = new AtomicInteger();

  private StubServer(HttpServer server, List<Answer> answers) {
    this.server = server;
    this.answers = new ConcurrentLinkedQueue<>(answers);
  }

  static StubServer giving(Answer... answers) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var stub = new StubServer(HttpServer.create(address, 0), List.of(answers));
      stub.server.createContext("/", stub::handle);
      stub.server.setExecutor(stub.threads);
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException("starting the stub", e);
    }
  }

  /** An address where nobody listens. */
  static ServiceAccess nobody() {
    try (StubServer stub = giving()) {
      return stub.access();
    }
  }

  ServiceAccess access() {
    return ServiceAccess.of(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "key", "secret");
  }

  /** How many requests have come so far. */
  int received() {
    return received.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer answer = answers.poll();
    received.incrementAndGet();
    try (exchange) {
      if (answer == null) {
        closed.await();
      } else if (answer.status() > 0) {
        exchange.getRequestBody().readAllBytes();
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
