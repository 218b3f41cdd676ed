package io.millrace.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Asks the tier in this container whether it is ready, and prints the answer; exit code 0 if it is,
 * else 1. The port is ADMIN_PORT, else the argument. Here because a Java image needs neither curl
 * nor a shell.
 */
final class Main {
  private static final int TIMEOUT_MS = 3000;

  private Main() {}

  public static void main(String... args) {
    InetSocketAddress tier =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port(System.getenv(), args));
    try {
      String status = Readiness.ask(tier, TIMEOUT_MS);
      System.out.println(status);
      System.exit(status.equals(Readiness.READY) ? 0 : 1);
    } catch (IOException e) {
      System.out.println(tier + ": " + e.getMessage());
      System.exit(1);
    }
  }

  static int port(Map<String, String> environment, String... args) {
    String port = environment.get("ADMIN_PORT");
    return Integer.parseInt(port == null ? args[0] : port);
  }
}
