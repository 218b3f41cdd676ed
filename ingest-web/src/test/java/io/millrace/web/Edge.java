package io.millrace.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.queue.MessageQueue;
import io.millrace.run.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/**
 * A web tier on free ports, and requests to it.
 *
 * <p>Thread-safe; whoever starts it closes it.
 */
final class Edge implements AutoCloseable {
  static final String COLLECTIONS = "/v1/collections";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WebTier tier;

  private Edge(WebTier tier) {
    this.tier = tier;
  }

  static Edge start(MessageQueue queue, Map<String, String> settings) {
    Map<String, String> given =
        new HashMap<>(
            Map.of("PORT", "0", "ADMIN_PORT", "0", "DRAIN_DELAY_MS", "0", "LINGER_MS", "0"));
    given.putAll(settings);
    return new Edge(
        WebTier.start(WebSettings.read(given, 1L << 30, OpenFiles.limit()), queue, new Fault()));
  }

  WebTier tier() {
    return tier;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + tier.port() + path));
  }

  HttpRequest post(byte[] body, String... headers) {
    HttpRequest.Builder request = request(COLLECTIONS).POST(BodyPublishers.ofByteArray(body));
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  /** A collection as JSON. */
  HttpResponse<String> collection(String body) throws IOException, InterruptedException {
    return send(post(body.getBytes(UTF_8), "Content-Type", "application/json"));
  }

  CompletableFuture<HttpResponse<String>> collectionLater(String body) {
    return sendLater(post(body.getBytes(UTF_8), "Content-Type", "application/json"));
  }

  /** Sends bytes as they are, ends the connection's sending side, and reads all that comes. */
  String raw(String bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), tier.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Bytes reserved of the budget, as the metrics tell. */
  double inFlightBytes() throws IOException, InterruptedException {
    return metric("millrace_web_in_flight_bytes");
  }

  /** A 202 may be there before the thread that took its body has given back the body's bytes. */
  void awaitNothingInFlight() {
    Awaitility.await().until(() -> inFlightBytes() == 0);
  }

  /** A metric without labels. */
  double metric(String name) throws IOException, InterruptedException {
    URI metrics = URI.create("http://localhost:" + tier.adminPort() + "/metrics");
    return send(HttpRequest.newBuilder(metrics).build())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    tier.close();
  }
}
