package io.millrace.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for what has to come back at the same address after a restart. They lie below those that
 * the system gives to outgoing connections: no client can sit on one while its server is away. None
 * is given twice. Thread-safe.
 */
final class Ports {
  private static final int LOWEST = 15_000;
  private static final int COUNT = 17_000;

  private final AtomicInteger next = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  /** A port on which nobody listens now. */
  int free() {
    for (int i = 0; i < COUNT; i++) {
      int port = LOWEST + next.getAndIncrement() % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + LOWEST + " on, " + COUNT + " tried");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
