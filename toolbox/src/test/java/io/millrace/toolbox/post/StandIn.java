package io.millrace.toolbox.post;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** In the place of the web tier: gives the answers it was told, then accepts. Thread-safe. */
final class StandIn implements AutoCloseable {
  private static final int CUT = 0;

  private final HttpServer server;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();

  private record Reply(int status, Map<String, String> headers, String body) {}

  /** What came in; {@code body} as it was sent. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(byte[] body, Map<String, List<String>> headers) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/collections", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/collections");
  }

  synchronized StandIn reply(int status, Map<String, String> headers, String body) {
    replies.add(new Reply(status, headers, body));
    return this;
  }

  /** Closes the connection without an answer. */
  StandIn cut() {
    return reply(CUT, Map.of(), "");
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(exchange.getRequestBody().readAllBytes(), exchange.getRequestHeaders()));
    Reply reply = replies.poll();
    if (reply == null) {
      reply = new Reply(202, Map.of(), "{\"receipt\":\"w-" + requests.size() + "-0+1\"}");
    }
    if (reply.status() != CUT) {
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
