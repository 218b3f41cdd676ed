package io.millrace.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that send as little as keeps a connection open: heads and bodies that drip, one byte a
 * second each. What the server ends begins anew. One thread's own; closing it ends them all.
 */
final class Stalling implements AutoCloseable {
  private static final String HEAD = "POST /v1/collections HTTP/1.1\r\nHost: a\r\n";

  /** A body of 1 MiB, of which the first byte is there. */
  private static final String BODY =
      HEAD + "Content-Type: application/json\r\nContent-Length: 1048576\r\n\r\n{";

  private final URI target;
  private final List<Client> clients = new ArrayList<>();

  private static final class Client {
    private final String begin;
    private Socket socket;

    Client(String begin) {
      this.begin = begin;
    }
  }

  /**
   * Connects them all.
   *
   * @param bodies so many stall in their body
   * @param heads and so many in their head
   */
  Stalling(URI target, int bodies, int heads) throws IOException {
    this.target = target;
    for (int i = 0; i < bodies + heads; i++) {
      Client client = new Client(i < bodies ? BODY : HEAD + "X-A: ");
      client.socket = connect(client.begin);
      clients.add(client);
    }
  }

  /** One byte more from each. */
  void drip() throws IOException {
    for (Client client : clients) {
      try {
        client.socket.getOutputStream().write(' ');
      } catch (IOException e) {
        client.socket.close();
        client.socket = connect(client.begin);
      }
    }
  }

  private Socket connect(String begin) throws IOException {
    Socket socket = new Socket(target.getHost(), target.getPort());
    socket.getOutputStream().write(begin.getBytes(US_ASCII));
    return socket;
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.socket.close();
    }
  }
}
