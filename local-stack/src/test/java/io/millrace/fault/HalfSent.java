package io.millrace.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Peers of admin ports that never come to an end: some send half of a request, some do not read
 * what they asked for. Closing it closes them all. One thread's own.
 */
final class HalfSent implements AutoCloseable {
  private static final int HALF = 300;
  private static final int DEAF = 50;

  /** The timeout of a probe in the Helm chart. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  private static final byte[] HALF_REQUEST = "GET /metrics HTTP/1.1\r\nHo".getBytes(US_ASCII);
  private static final byte[] REQUESTS =
      "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200).getBytes(US_ASCII);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Socket> peers = new ArrayList<>();

  /** Connects so many to a port; those that were thrown out before are not missed. */
  void hold(URI admin) throws IOException {
    for (int i = 0; i < HALF + DEAF; i++) {
      Socket peer = new Socket(InetAddress.getLoopbackAddress(), admin.getPort());
      peers.add(peer);
      peer.getOutputStream().write(i < HALF ? HALF_REQUEST : REQUESTS);
    }
  }

  /** Both probes, each within its timeout. */
  void assertProbed(URI admin) throws IOException, InterruptedException {
    for (String path : List.of("/health/live", "/health/ready")) {
      HttpRequest probe = HttpRequest.newBuilder(admin.resolve(path)).timeout(PROBE).build();
      assertThat(client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Override
  public void close() throws IOException {
    letGo();
  }

  /** Closes the connections of all peers; others can be held after it. */
  void letGo() throws IOException {
    for (Socket peer : peers) {
      peer.close();
    }
    peers.clear();
  }
}
