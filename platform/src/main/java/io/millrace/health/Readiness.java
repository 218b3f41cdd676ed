package io.millrace.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A tier's readiness, asked for on a bare socket: the JDK's HTTP clients take twice the CPU. */
final class Readiness {
  /** What a tier that is ready answers. */
  static final String READY = "HTTP/1.1 200";

  private static final byte[] REQUEST =
      "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(US_ASCII);

  private Readiness() {}

  /**
   * Asks once.
   *
   * @param timeoutMs for the connection, and for each read of the answer
   * @return the answer's protocol and status, such as {@value #READY}; less if the answer is
   *     shorter
   * @throws IOException if there was no connection or no answer in time
   */
  static String ask(InetSocketAddress tier, int timeoutMs) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(tier, timeoutMs);
      socket.setSoTimeout(timeoutMs);
      socket.getOutputStream().write(REQUEST);
      return new String(socket.getInputStream().readNBytes(READY.length()), US_ASCII);
    }
  }
}
