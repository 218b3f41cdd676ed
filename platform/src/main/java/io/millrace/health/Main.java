package io.millrace.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks the tier in this container whether it is ready, and prints the answer; exit code 0 if it is,
 * else 1. The argument is the tier's admin port unless it was given another. Here because a Java
 * image needs neither curl nor a shell.
 */
final class Main {
  private static final int TIMEOUT_MS = 3000;

  /**
   * The tier, or what runs it and got its options: the first process of the container (proc(5)).
   */
  private static final Path COMMAND = Path.of("/proc/1/cmdline");

  private Main() {}

  public static void main(String... args) {
    try {
      InetSocketAddress tier = TierAddress.of(System.getenv(), command(), args[0]);
      String status = Readiness.ask(tier, TIMEOUT_MS);
      System.out.println(status);
      System.exit(status.equals(Readiness.READY) ? 0 : 1);
    } catch (IOException e) {
      System.out.println(e);
      System.exit(1);
    }
  }

  private static List<String> command() {
    try {
      return List.of(Files.readString(COMMAND).split("\0"));
    } catch (IOException e) {
      return List.of(); // another system than Linux; there the environment has to do
    }
  }
}
