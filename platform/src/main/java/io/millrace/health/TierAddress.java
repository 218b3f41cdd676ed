package io.millrace.health;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the tier in this container listens for health: as the tier itself has it, by its options or
 * else by the environment, which the check shares.
 */
final class TierAddress {
  private TierAddress() {}

  /**
   * Finds it.
   *
   * @param command of the container's first process, options and all
   * @param port if neither option nor environment has one
   * @throws UnknownHostException if the address has a name that is unknown
   */
  static InetSocketAddress of(Map<String, String> environment, List<String> command, String port)
      throws UnknownHostException {
    String given = setting("ADMIN_PORT", "--admin-port", environment, command);
    String address = setting("ADMIN_ADDRESS", "--admin-address", environment, command);
    InetAddress host =
        address == null || address.isEmpty()
            ? InetAddress.getLoopbackAddress()
            : InetAddress.getByName(address);
    return new InetSocketAddress(
        host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
        Integer.parseInt(given == null ? port : given));
  }

  private static @Nullable String setting(
      String name, String option, Map<String, String> environment, List<String> command) {
    String value = environment.get(name);
    for (int i = 0; i < command.size(); i++) {
      String word = command.get(i);
      if (word.startsWith(option + "=")) {
        value = word.substring(option.length() + 1);
      } else if (word.equals(option) && i + 1 < command.size()) {
        value = command.get(i + 1);
      }
    }
    return value;
  }
}
